-- One effect to be carried out.
INSERT INTO outbox (settlement_group, dispute, version, effect, kind, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
