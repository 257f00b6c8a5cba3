-- Whether the schema has the table that says what it is. Asked of the catalog as it stands now: what a session remembers of
-- names may be older than a wait for whoever made the tables.
SELECT EXISTS (
    SELECT FROM pg_catalog.pg_class AS made JOIN pg_catalog.pg_namespace AS place ON place.oid = made.relnamespace
    WHERE made.relname = 'store' AND place.nspname || '.' || made.relname = 'recourse.store') AS found
