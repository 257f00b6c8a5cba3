-- Effects that were parked, in order.
SELECT outbox.position, settlement_group, dispute, version, effect, kind, body, parked_at, attempts, reason FROM deliveries
JOIN outbox ON outbox.position = deliveries.position
WHERE deliveries.position > ?1 AND parked_at IS NOT NULL ORDER BY deliveries.position LIMIT ?2
