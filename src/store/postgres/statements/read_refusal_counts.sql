-- How often each code was refused.
SELECT code, count FROM recourse.refusal_counts WHERE settlement_group = $1 AND dispute = $2 ORDER BY code
