-- The schema version, after the tables have it.
UPDATE recourse.store SET version = $1
