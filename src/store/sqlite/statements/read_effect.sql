-- One pending effect.
SELECT position, settlement_group, dispute, version, effect, kind, body FROM outbox WHERE position = ?1
