-- Effects that were parked, in order.
SELECT position, settlement_group, dispute, version, effect, kind, body, parked_at, attempts, reason FROM recourse.outbox
WHERE position > $1 AND parked_at IS NOT NULL ORDER BY position LIMIT $2
