-- A position below which everything is committed.
SELECT ((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + $1::bigint) << 16) - 1 AS below
