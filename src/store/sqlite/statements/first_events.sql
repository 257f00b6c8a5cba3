-- The events of a store of schema version 1, in the order of writing.
SELECT settlement_group, dispute, version, at, type, command, fingerprint, body FROM first_events ORDER BY rowid
