-- What happened. The first event of a command carries its key and fingerprint; each carries its link to the one before.
-- What may hold a zero byte is bytea.
CREATE TABLE recourse.events (
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
    PRIMARY KEY (settlement_group, dispute, version),
    CHECK ((command IS NULL) = (fingerprint IS NULL))
);
