-- Events of all disputes, below every transaction that is under way; beside each, how far the archive reaches at the same
-- moment. Where that is past $1, the answer is `read_whole_feed`.
SELECT position, settlement_group, dispute, version, at, type, command, fingerprint, body, recorded_at, link, archive.reaches
FROM (SELECT coalesce(max(last_position), 0) AS reaches FROM recourse.archive_months) AS archive
LEFT JOIN (
    SELECT * FROM recourse.events
    WHERE position > $1 AND position < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + $3::bigint) << 16
    ORDER BY position LIMIT $2) AS page ON true
ORDER BY position
