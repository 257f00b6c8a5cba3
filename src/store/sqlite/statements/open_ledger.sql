-- The first version of a payment; changes no row when there is one.
INSERT INTO ledger (settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor, lines,
    seal)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (settlement_group, payment) DO NOTHING
