-- The fence of a shard, if there is one, by the name of its trigger; and whether it bears a mark.
SELECT coalesce(obj_description(fence.oid, 'pg_trigger') = $2, false) AS marked FROM pg_catalog.pg_trigger AS fence
JOIN pg_catalog.pg_class AS made ON made.oid = fence.tgrelid JOIN pg_catalog.pg_namespace AS place ON place.oid = made.relnamespace
WHERE made.relname = 'events' AND place.nspname || '.' || made.relname = 'recourse.events' AND fence.tgname = $1
