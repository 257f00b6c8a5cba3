-- Each later version of a payment: compare the version and set it.
UPDATE ledger SET version = ?3, currency = ?4, captured_minor = ?5, reserved_minor = ?6, refunded_minor = ?7, lines = ?8,
    seal = ?9
WHERE settlement_group = ?1 AND payment = ?2 AND version = ?3 - 1
