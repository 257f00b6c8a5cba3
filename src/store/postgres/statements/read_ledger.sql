-- One payment.
SELECT version, currency, captured_minor, reserved_minor, refunded_minor, lines FROM recourse.ledger
WHERE settlement_group = $1 AND payment = $2
