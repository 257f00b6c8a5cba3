-- One row a dispute: its version, its earliest deadline, the hashes of all its command keys, the link of its last event,
-- and its state. Room is left in each page, and dead rows are removed early, since the row changes with every command.
-- The state stands last: of a row that is written anew on its page the log has only what is between the bytes that it
-- begins with and those that it ends with as before, and what a state ends with seldom changes.
CREATE TABLE recourse.disputes (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    next_due bigint,
    version bigint NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    keys bytea NOT NULL CHECK (length(keys) >= 8 AND length(keys) % 8 = 0),
    head bytea NOT NULL CHECK (length(head) = 32),
    seal bytea NOT NULL CHECK (length(seal) = 32),
    lease_until bigint,
    lease_worker text COLLATE "C",
    state bytea NOT NULL,
    PRIMARY KEY (settlement_group, dispute)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
