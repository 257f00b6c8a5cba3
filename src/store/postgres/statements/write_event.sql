-- One event. Its position is the number of this transaction and its own number in it: no reader is given a position while a
-- transaction with a lower number is under way, so nothing is written below what was read.
INSERT INTO recourse.events (settlement_group, dispute, version, at, recorded_at, type, command, fingerprint, body, link,
    position)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
    ((pg_current_xact_id()::text::bigint + $11::bigint) << 16) + $12::bigint)
