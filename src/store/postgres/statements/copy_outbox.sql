-- The effects of a shard that are not settled, in their order.
SELECT settlement_group, dispute, version, effect, kind, body, seal, attempts, parked_at, reason FROM recourse.outbox
WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint ORDER BY position
