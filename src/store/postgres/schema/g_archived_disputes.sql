-- The rows of archived disputes as they were, a partition for each month since when they rest. Nothing in them changes, so
-- pages are full.
CREATE TABLE recourse.archived_disputes (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    keys bytea NOT NULL CHECK (length(keys) >= 8 AND length(keys) % 8 = 0),
    head bytea NOT NULL CHECK (length(head) = 32),
    state bytea NOT NULL,
    seal bytea NOT NULL CHECK (length(seal) = 32),
    rests_since bigint NOT NULL,
    PRIMARY KEY (settlement_group, dispute, rests_since)
) PARTITION BY RANGE (rests_since);
