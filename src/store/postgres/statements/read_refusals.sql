-- The refused commands of a dispute that were kept.
SELECT at, codes, command, asked FROM recourse.refusals WHERE settlement_group = $1 AND dispute = $2
ORDER BY number LIMIT $3
