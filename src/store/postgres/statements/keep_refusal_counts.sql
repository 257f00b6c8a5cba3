-- A count as it is elsewhere.
INSERT INTO recourse.refusal_counts (settlement_group, dispute, code, count, seal) VALUES ($1, $2, $3, $4, $5)
