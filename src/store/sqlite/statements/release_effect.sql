-- A parked effect is as if it had never been handed out.
DELETE FROM deliveries WHERE position = ?1 AND parked_at IS NOT NULL
