-- The first pending effect of each dispute, each for one worker at a time: a later one is not free before it is settled.
WITH free AS MATERIALIZED (
    SELECT position FROM recourse.outbox AS one
    WHERE position < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + $5::bigint) << 16
        AND parked_at IS NULL AND (lease_until IS NULL OR lease_until <= $1)
        AND NOT EXISTS (SELECT FROM recourse.outbox AS before WHERE before.settlement_group = one.settlement_group
            AND before.dispute = one.dispute AND before.position < one.position)
    ORDER BY position LIMIT $2 FOR UPDATE OF one SKIP LOCKED),
taken AS (
    UPDATE recourse.outbox AS at SET lease_until = $3, lease_worker = $4, attempts = attempts + 1 FROM free
    WHERE at.position = free.position
    RETURNING at.position, at.settlement_group, at.dispute, at.version, at.effect, at.kind, at.body, at.attempts)
SELECT position, settlement_group, dispute, version, effect, kind, body, attempts FROM taken ORDER BY position
