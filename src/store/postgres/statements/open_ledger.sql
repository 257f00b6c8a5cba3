-- The first version of a payment; somebody who was faster makes it fail.
INSERT INTO recourse.ledger (settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor,
    lines, seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
