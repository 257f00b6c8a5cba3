-- Policy documents by hash; one text for each identifier and version.
CREATE TABLE policies (
    hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version BETWEEN 0 AND 4294967295),
    text TEXT NOT NULL,
    UNIQUE (id, version)
) STRICT;
