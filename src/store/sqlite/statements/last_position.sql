-- The greatest position ever given, also to an effect that was settled since.
SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0),
           coalesce((SELECT max(position) FROM outbox), 0)) AS last_position
