-- One connection at a time makes, changes or rebases the tables.
SELECT pg_advisory_xact_lock(hashtextextended('recourse.store', 0))
