-- Archived disputes with their seals, a page at a time.
SELECT settlement_group, dispute, version, keys, head, state, seal FROM recourse.archived_disputes
WHERE (settlement_group, dispute) > ($1, $2) ORDER BY settlement_group, dispute LIMIT $3
