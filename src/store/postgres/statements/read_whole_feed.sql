-- The same with what is archived, each event in one of the two at any moment.
SELECT position, settlement_group, dispute, version, at, type, command, fingerprint, body, recorded_at, link FROM (
    SELECT position, settlement_group, dispute, version, at, type, command, fingerprint, body, recorded_at, link
    FROM recourse.events
    UNION ALL
    SELECT position, settlement_group, dispute, version, at, type, command, fingerprint, body, recorded_at, link
    FROM recourse.archived_events) AS all_events
WHERE position > $1 AND position < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + $3::bigint) << 16
ORDER BY position LIMIT $2
