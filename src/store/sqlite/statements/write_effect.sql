-- One effect to be carried out, at a position that no effect had before.
INSERT INTO outbox (position, settlement_group, dispute, version, effect, kind, body, seal)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
