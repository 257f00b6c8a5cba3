-- A dispute as it is elsewhere.
INSERT INTO recourse.disputes (settlement_group, dispute, version, next_due, keys, head, state, seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (settlement_group, dispute) DO UPDATE SET version = excluded.version, next_due = excluded.next_due,
    keys = excluded.keys, head = excluded.head, state = excluded.state, seal = excluded.seal
