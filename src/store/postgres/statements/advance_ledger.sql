-- Each later version: compare and set, or take the transaction back.
WITH moved AS (
    UPDATE recourse.ledger SET version = $3, currency = $4, captured_minor = $5, reserved_minor = $6, refunded_minor = $7,
        lines = $8, seal = $9
    WHERE settlement_group = $1 AND payment = $2 AND version = $10 RETURNING 1)
SELECT 1 / count(*) AS moved FROM moved
