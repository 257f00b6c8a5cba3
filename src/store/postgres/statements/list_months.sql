-- The months of the archive, and how much rests there.
SELECT month, rests_from, rests_until, (SELECT count(*) FROM recourse.archived
    WHERE rests_since >= rests_from AND rests_since < rests_until) AS disputes
FROM recourse.archive_months ORDER BY rests_from
