-- Its payments.
SELECT settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor, lines
FROM first_ledger ORDER BY rowid
