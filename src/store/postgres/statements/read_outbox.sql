-- Effects not carried out yet, below every transaction that is under way.
SELECT position, settlement_group, dispute, version, effect, kind, body FROM recourse.outbox
WHERE position > $1 AND position < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + $3::bigint) << 16
ORDER BY position LIMIT $2
