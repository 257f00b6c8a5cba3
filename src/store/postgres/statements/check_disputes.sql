-- Disputes with their seals, a page at a time.
SELECT settlement_group, dispute, version, next_due, keys, head, state, seal FROM recourse.disputes
WHERE (settlement_group, dispute) > ($1, $2) ORDER BY settlement_group, dispute LIMIT $3
