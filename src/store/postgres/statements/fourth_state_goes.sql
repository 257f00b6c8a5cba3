-- And not where it stood.
ALTER TABLE recourse.disputes DROP COLUMN state, ALTER COLUMN last_state SET NOT NULL
