-- Whether a shard is fenced here, by the name of its trigger.
SELECT count(*) AS fences FROM pg_catalog.pg_trigger AS fence
JOIN pg_catalog.pg_class AS made ON made.oid = fence.tgrelid JOIN pg_catalog.pg_namespace AS place ON place.oid = made.relnamespace
WHERE made.relname = 'events' AND place.nspname || '.' || made.relname = 'recourse.events' AND fence.tgname = $1
