-- One event.
INSERT INTO events (settlement_group, dispute, version, at, type, command, fingerprint, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
