-- How often a code was refused.
SELECT count FROM recourse.refusal_counts WHERE settlement_group = $1 AND dispute = $2 AND code = $3
