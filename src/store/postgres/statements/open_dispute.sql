-- The first append of a dispute; somebody who was faster makes it fail.
INSERT INTO recourse.disputes (settlement_group, dispute, version, next_due, keys, head, state, seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
