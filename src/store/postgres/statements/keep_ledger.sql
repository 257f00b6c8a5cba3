-- A payment as it is elsewhere.
INSERT INTO recourse.ledger (settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor,
    lines, seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (settlement_group, payment) DO UPDATE SET version = excluded.version, currency = excluded.currency,
    captured_minor = excluded.captured_minor, reserved_minor = excluded.reserved_minor,
    refunded_minor = excluded.refunded_minor, lines = excluded.lines, seal = excluded.seal
