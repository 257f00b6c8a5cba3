-- An effect that was carried out. The message makes the commit wait for the standby whether or not the effect was there.
WITH gone AS (DELETE FROM recourse.outbox WHERE position = $1 RETURNING 1)
SELECT count(*) AS settled, pg_logical_emit_message(true, 'recourse', 'settled') IS NOT NULL AS written FROM gone
