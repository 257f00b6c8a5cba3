-- Events of all disputes in the order of writing: one connection writes at a time, and no event is ever deleted.
SELECT rowid AS position, settlement_group, dispute, version, at, type, command, fingerprint, body, recorded_at, link
FROM events WHERE rowid > ?1 ORDER BY rowid LIMIT ?2
