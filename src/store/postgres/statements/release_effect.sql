-- A parked effect is as if it had never been handed out.
WITH released AS (
    UPDATE recourse.outbox SET attempts = 0, lease_until = NULL, lease_worker = NULL, parked_at = NULL, reason = ''
    WHERE position = $1 AND parked_at IS NOT NULL RETURNING 1)
SELECT count(*) AS released, pg_logical_emit_message(true, 'recourse', 'released') IS NOT NULL AS written FROM released
