-- How many refused commands of a dispute were kept.
SELECT coalesce(max(number), 0) AS last_number FROM recourse.refusals WHERE settlement_group = $1 AND dispute = $2
