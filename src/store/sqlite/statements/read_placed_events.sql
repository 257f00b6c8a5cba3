-- The events of a dispute with their positions.
SELECT rowid AS position, version, at, type, command, fingerprint, body, recorded_at, link FROM events
WHERE settlement_group = ?1 AND dispute = ?2 ORDER BY version
