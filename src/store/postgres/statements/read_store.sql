-- What the tables are, and how far their positions have come against the transaction numbers of this server.
SELECT version, position_base,
    greatest((SELECT max(position) FROM recourse.events), (SELECT max(position) FROM recourse.outbox), 0) >> 16 AS reached,
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS transaction_number
FROM recourse.store
