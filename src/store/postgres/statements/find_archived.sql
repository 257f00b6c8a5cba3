-- Since when a dispute rests that was archived, and whether it is among the others at the same moment.
SELECT (SELECT rests_since FROM recourse.archived WHERE settlement_group = $1 AND dispute = $2) AS rests_since,
    EXISTS (SELECT FROM recourse.disputes WHERE settlement_group = $1 AND dispute = $2) AS is_here
