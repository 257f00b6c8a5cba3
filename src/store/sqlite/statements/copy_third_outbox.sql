-- The pending effects of a store of schema version 2 or 3, under the positions that they have.
INSERT INTO outbox (position, settlement_group, dispute, version, effect, kind, body, seal)
SELECT position, settlement_group, dispute, version, effect, kind, body, seal FROM third_outbox ORDER BY position
