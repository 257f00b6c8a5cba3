-- The row of a dispute with its seal.
SELECT version, next_due, keys, head, state, seal FROM disputes WHERE settlement_group = ?1 AND dispute = ?2
