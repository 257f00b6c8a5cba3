-- How many numbers this transaction has given, on a connection that the host has used before us.
SELECT greatest(
    (SELECT max(position) FROM recourse.events
     WHERE position >= (pg_current_xact_id()::text::bigint + $1::bigint) << 16),
    (SELECT max(position) FROM recourse.outbox
     WHERE position >= (pg_current_xact_id()::text::bigint + $1::bigint) << 16),
    (pg_current_xact_id()::text::bigint + $1::bigint) << 16) & 65535 AS last_number
