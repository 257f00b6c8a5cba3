-- Their events, at the positions that they were given once.
CREATE TABLE recourse.archived_events (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    position bigint NOT NULL CHECK (position >= 1),
    at bigint NOT NULL,
    recorded_at bigint,
    type bytea NOT NULL,
    command bytea,
    fingerprint bytea CHECK (length(fingerprint) = 32),
    body bytea NOT NULL,
    link bytea NOT NULL CHECK (length(link) = 32),
    rests_since bigint NOT NULL,
    PRIMARY KEY (settlement_group, dispute, version, rests_since),
    CHECK ((command IS NULL) = (fingerprint IS NULL))
) PARTITION BY RANGE (rests_since);
