-- One row a payment. The difference of naturals cannot overflow, where the sum could. The lines stand last, as the state of
-- a dispute does.
CREATE TABLE recourse.ledger (
    settlement_group text COLLATE "C" NOT NULL,
    payment text COLLATE "C" NOT NULL,
    currency bytea NOT NULL,
    captured_minor bigint NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    reserved_minor bigint NOT NULL CHECK (reserved_minor >= 0),
    refunded_minor bigint NOT NULL CHECK (refunded_minor >= 0),
    seal bytea NOT NULL CHECK (length(seal) = 32),
    lines bytea NOT NULL,
    PRIMARY KEY (settlement_group, payment),
    CHECK (captured_minor >= reserved_minor AND refunded_minor <= captured_minor - reserved_minor)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
