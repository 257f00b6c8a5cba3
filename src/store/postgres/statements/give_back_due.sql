-- The end of a lease before its time, by whoever has it.
WITH given AS (
    UPDATE recourse.disputes SET lease_until = NULL, lease_worker = NULL
    WHERE settlement_group = $1 AND dispute = $2 AND version = $3 AND lease_worker = $4 AND lease_until IS NOT NULL
    RETURNING 1)
SELECT count(*) AS given FROM given
