-- The payments of a group as they are.
SELECT settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor, lines, seal
FROM recourse.ledger WHERE settlement_group = $1
