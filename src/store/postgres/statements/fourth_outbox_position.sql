-- The key takes its place.
DROP INDEX recourse.outbox_position
