-- One connection at a time moves disputes into the archive.
SELECT pg_advisory_xact_lock(hashtextextended('recourse.store', 2)) IS NOT NULL AS locked
