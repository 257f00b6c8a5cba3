-- Events of all disputes, below every transaction that is under way.
SELECT position, settlement_group, dispute, version, at, type, command, fingerprint, body, recorded_at, link
FROM recourse.events
WHERE position > $1 AND position < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + $3::bigint) << 16
ORDER BY position LIMIT $2
