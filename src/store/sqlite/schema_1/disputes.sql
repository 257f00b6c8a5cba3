-- One row a dispute: its version, its earliest deadline, the hashes of all its command keys, and its state.
CREATE TABLE disputes (
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    next_due INTEGER,
    keys BLOB NOT NULL CHECK (length(keys) >= 8 AND length(keys) % 8 = 0),
    state BLOB NOT NULL,
    PRIMARY KEY (settlement_group, dispute)
) STRICT;
