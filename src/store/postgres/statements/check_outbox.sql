-- Pending effects with their seals, a page at a time.
SELECT settlement_group, dispute, version, effect, kind, body, seal, position FROM recourse.outbox
WHERE position > $1 ORDER BY position LIMIT $2
