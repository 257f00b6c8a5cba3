-- Every handing out with its seal, and whether its effect is there.
SELECT deliveries.position, attempts, free_at, worker, parked_at, reason, deliveries.seal,
    outbox.position IS NOT NULL AS pending
FROM deliveries LEFT JOIN outbox ON outbox.position = deliveries.position
