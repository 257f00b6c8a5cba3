-- Pending effects that were handed out at least once. `worker` has it until `free_at`; without one it waits until then, or
-- is parked.
CREATE TABLE deliveries (
    position INTEGER PRIMARY KEY,
    attempts INTEGER NOT NULL CHECK (attempts BETWEEN 0 AND 4294967295),
    free_at INTEGER,
    worker TEXT,
    parked_at INTEGER,
    reason BLOB NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    CHECK (worker IS NULL OR parked_at IS NULL)
) STRICT;
