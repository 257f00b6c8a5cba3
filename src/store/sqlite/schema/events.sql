-- What happened. The first event of a command carries its key and fingerprint; each carries its link to the one before.
-- Clustering the rows by dispute was measured slower, so they lie in the order of writing.
CREATE TABLE events (
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    at INTEGER NOT NULL,
    recorded_at INTEGER,
    type TEXT NOT NULL,
    command TEXT,
    fingerprint BLOB CHECK (length(fingerprint) = 32),
    body BLOB NOT NULL,
    link BLOB NOT NULL CHECK (length(link) = 32),
    UNIQUE (settlement_group, dispute, version),
    CHECK ((command IS NULL) = (fingerprint IS NULL))
) STRICT;
