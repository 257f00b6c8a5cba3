-- Every payment with its seal.
SELECT settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor, lines, seal FROM ledger
