-- Effects still to be carried out. AUTOINCREMENT, since a reader that remembers the last position would otherwise miss
-- an effect that got the position of a settled one.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    effect INTEGER NOT NULL CHECK (effect BETWEEN 0 AND 4294967295),
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;
