-- Counts of refusals with their seals, a page at a time.
SELECT settlement_group, dispute, code, count, seal FROM recourse.refusal_counts
WHERE (settlement_group, dispute, code) > ($1, $2, $3) ORDER BY settlement_group, dispute, code LIMIT $4
