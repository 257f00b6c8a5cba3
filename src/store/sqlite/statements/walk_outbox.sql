-- Pending effects in order, with what is known of their handing out; the bodies are read for those that are free.
SELECT outbox.position, settlement_group, dispute, attempts, free_at, parked_at FROM outbox
LEFT JOIN deliveries ON deliveries.position = outbox.position
ORDER BY outbox.position
