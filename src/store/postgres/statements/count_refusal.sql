-- One more refusal of a code: the count that was read plus one.
INSERT INTO recourse.refusal_counts (settlement_group, dispute, code, count, seal) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (settlement_group, dispute, code) DO UPDATE SET count = excluded.count, seal = excluded.seal
