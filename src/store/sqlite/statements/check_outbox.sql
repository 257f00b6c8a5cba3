-- Every pending effect with its seal.
SELECT position, settlement_group, dispute, version, effect, kind, body, seal FROM outbox
