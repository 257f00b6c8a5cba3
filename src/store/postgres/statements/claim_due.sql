-- Disputes with a deadline that has come, each for one worker at a time. The lease is in no index: to take it is cheap.
WITH due AS MATERIALIZED (
    SELECT settlement_group, dispute FROM recourse.disputes
    WHERE next_due <= $1 AND (lease_until IS NULL OR lease_until <= $1)
    ORDER BY next_due, settlement_group, dispute LIMIT $2 FOR UPDATE SKIP LOCKED),
taken AS (
    UPDATE recourse.disputes AS at SET lease_until = $3, lease_worker = $4 FROM due
    WHERE at.settlement_group = due.settlement_group AND at.dispute = due.dispute
    RETURNING at.settlement_group, at.dispute, at.version, at.next_due)
SELECT settlement_group, dispute, version, next_due FROM taken ORDER BY next_due, settlement_group, dispute
