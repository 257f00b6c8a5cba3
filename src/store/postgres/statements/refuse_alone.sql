-- Refusals of one dispute are counted one after the other.
SELECT pg_advisory_xact_lock(hashtextextended($1::text || '/' || $2::text, 1)) IS NOT NULL AS locked
