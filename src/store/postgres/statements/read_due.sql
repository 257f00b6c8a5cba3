-- Disputes with a deadline that has come, earliest first.
SELECT settlement_group, dispute, version, next_due FROM recourse.disputes
WHERE next_due <= $1 ORDER BY next_due, settlement_group, dispute LIMIT $2
