-- Policy documents by hash; one text for each identifier and version. The same on every server.
CREATE TABLE recourse.policies (
    hash bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version BETWEEN 0 AND 4294967295),
    text bytea NOT NULL,
    UNIQUE (id, version)
);
