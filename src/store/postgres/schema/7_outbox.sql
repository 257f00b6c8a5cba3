-- Effects still to be carried out, in the order in which they are handed out. A position is made of the number of the
-- transaction and a number within it.
-- `lease_worker` has it until `lease_until`; without one it waits until then, or is parked.
CREATE TABLE recourse.outbox (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    effect bigint NOT NULL CHECK (effect BETWEEN 0 AND 4294967295),
    position bigint NOT NULL CHECK (position >= 1),
    kind bytea NOT NULL,
    body bytea NOT NULL,
    seal bytea NOT NULL CHECK (length(seal) = 32),
    lease_until bigint,
    lease_worker text COLLATE "C",
    attempts bigint NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 4294967295),
    parked_at bigint,
    reason bytea NOT NULL DEFAULT '',
    PRIMARY KEY (position)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
