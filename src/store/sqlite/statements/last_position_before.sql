-- The greatest position that an effect had up to schema version 3, also one that was settled since.
SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?1), 0),
           coalesce((SELECT max(position) FROM outbox), 0)) AS last_position
