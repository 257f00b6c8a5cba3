-- All that a decision needs of a dispute.
SELECT version, next_due, keys, head, state FROM recourse.disputes WHERE settlement_group = $1 AND dispute = $2
