-- An effect as it is elsewhere, at a position of this server's, held until the shard is opened.
INSERT INTO recourse.outbox (settlement_group, dispute, version, effect, kind, body, seal, attempts, parked_at, reason,
    position, lease_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
    ((pg_current_xact_id()::text::bigint + $11::bigint) << 16) + $12::bigint, $13)
