-- How far the positions of archived events go: they count among those that were given.
SELECT coalesce(max(last_position), 0) >> 16 AS reached FROM recourse.archive_months
