-- Effects still to be carried out. A position comes from that of the last event of its command, and events are never
-- deleted: a reader that remembers the last position misses no effect, and no page is written to remember it.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY,
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    effect INTEGER NOT NULL CHECK (effect BETWEEN 0 AND 4294967295),
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;
