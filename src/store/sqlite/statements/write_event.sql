-- One event.
INSERT INTO events (settlement_group, dispute, version, at, recorded_at, type, command, fingerprint, body, link)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
