-- Pending effects with their seals, a page at a time.
SELECT settlement_group, dispute, version, effect, kind, body, seal FROM recourse.outbox
WHERE (settlement_group, dispute, version, effect) > ($1, $2, $3, $4)
ORDER BY settlement_group, dispute, version, effect LIMIT $5
