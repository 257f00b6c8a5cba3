-- What an append is checked against and goes on from.
SELECT version, keys, head, next_due FROM recourse.disputes WHERE settlement_group = $1 AND dispute = $2
