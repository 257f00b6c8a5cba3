-- An effect that was carried out.
DELETE FROM outbox WHERE position = ?1
