-- The first append of a dispute.
INSERT INTO disputes (settlement_group, dispute, version, next_due, keys, head, state, seal)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
