-- Payments with their seals, a page at a time.
SELECT settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor, lines, seal
FROM recourse.ledger
WHERE (settlement_group, payment) > ($1, $2) ORDER BY settlement_group, payment LIMIT $3
