-- One effect to be carried out, its position likewise.
INSERT INTO recourse.outbox (settlement_group, dispute, version, effect, kind, body, seal, position)
VALUES ($1, $2, $3, $4, $5, $6, $7, ((pg_current_xact_id()::text::bigint + $8::bigint) << 16) + $9::bigint)
