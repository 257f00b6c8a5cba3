-- Whether a worker still has an effect that it was given.
SELECT position FROM deliveries WHERE position = ?1 AND worker = ?2 AND attempts = ?3
