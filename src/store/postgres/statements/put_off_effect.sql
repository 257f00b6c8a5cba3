-- An effect that a worker leaves to later, parks or gives back, if it still has it.
WITH moved AS (
    UPDATE recourse.outbox SET attempts = $4, lease_until = $5, lease_worker = NULL, parked_at = $6, reason = $7
    WHERE position = $1 AND lease_worker = $2 AND attempts = $3 AND parked_at IS NULL
    RETURNING 1)
SELECT count(*) AS moved, pg_logical_emit_message(true, 'recourse', 'put off') IS NOT NULL AS written FROM moved
