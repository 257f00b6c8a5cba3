-- A month of the archive, once.
INSERT INTO recourse.archive_months (month, rests_from, rests_until, last_position) VALUES ($1, $2, $3, 0)
ON CONFLICT (month) DO NOTHING
