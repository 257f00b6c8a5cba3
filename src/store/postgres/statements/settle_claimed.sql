-- An effect that a worker carried out, if it still has it. The message makes the commit wait for the standby in any case.
WITH gone AS (
    DELETE FROM recourse.outbox WHERE position = $1 AND lease_worker = $2 AND attempts = $3 AND parked_at IS NULL
    RETURNING 1)
SELECT count(*) AS settled, pg_logical_emit_message(true, 'recourse', 'settled') IS NOT NULL AS written FROM gone
