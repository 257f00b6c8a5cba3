-- Keys in order, those of archived disputes among them; no key is empty, so ('', '') comes before them all.
SELECT settlement_group, dispute FROM (
    SELECT settlement_group, dispute FROM recourse.disputes WHERE (settlement_group, dispute) > ($1, $2)
    UNION ALL
    SELECT settlement_group, dispute FROM recourse.archived WHERE (settlement_group, dispute) > ($1, $2)) AS keys
ORDER BY settlement_group, dispute LIMIT $3
