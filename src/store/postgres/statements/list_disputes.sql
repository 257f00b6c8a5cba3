-- Keys in order; no key is empty, so ('', '') comes before them all.
SELECT settlement_group, dispute FROM recourse.disputes
WHERE (settlement_group, dispute) > ($1, $2) ORDER BY settlement_group, dispute LIMIT $3
