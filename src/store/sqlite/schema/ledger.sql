-- One row a payment. The difference of naturals cannot overflow, where the sum could.
CREATE TABLE ledger (
    settlement_group TEXT NOT NULL,
    payment TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    currency TEXT NOT NULL,
    captured_minor INTEGER NOT NULL,
    reserved_minor INTEGER NOT NULL CHECK (reserved_minor >= 0),
    refunded_minor INTEGER NOT NULL CHECK (refunded_minor >= 0),
    lines BLOB NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (settlement_group, payment),
    CHECK (captured_minor >= reserved_minor AND refunded_minor <= captured_minor - reserved_minor)
) STRICT;
