-- Each later append: compare the version and set it. Where nothing was set, the division by zero takes the transaction back.
WITH moved AS (
    UPDATE recourse.disputes SET version = $3, next_due = $4, keys = $5, head = $6, state = $7, seal = $8,
        lease_until = NULL
    WHERE settlement_group = $1 AND dispute = $2 AND version = $9 RETURNING 1)
SELECT 1 / count(*) AS moved FROM moved
