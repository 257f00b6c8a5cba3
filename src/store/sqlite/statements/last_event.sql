-- The position of the event that was written last; 0 if there is none.
SELECT coalesce(max(rowid), 0) AS last_event FROM events
