-- The same, and nobody else writes it until the end of the transaction.
SELECT version, keys, head, next_due FROM recourse.disputes WHERE settlement_group = $1 AND dispute = $2 FOR UPDATE
