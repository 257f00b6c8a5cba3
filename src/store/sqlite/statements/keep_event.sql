-- One event at the position that it has; changes nothing where it is already.
INSERT INTO events (rowid, settlement_group, dispute, version, at, type, command, fingerprint, body, recorded_at, link)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING
