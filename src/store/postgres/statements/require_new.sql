-- After the first append of a dispute: nobody has archived one of that name meanwhile.
SELECT 1 / (1 - count(*)) AS is_new FROM recourse.archived WHERE settlement_group = $1 AND dispute = $2
