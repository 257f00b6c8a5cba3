-- The row of a dispute as it is, in the archive or back from it.
INSERT INTO disputes (settlement_group, dispute, version, next_due, keys, head, state, seal)
VALUES (?1, ?2, ?3, NULL, ?4, ?5, ?6, ?7)
ON CONFLICT (settlement_group, dispute) DO UPDATE SET version = excluded.version, next_due = NULL, keys = excluded.keys,
    head = excluded.head, state = excluded.state, seal = excluded.seal
