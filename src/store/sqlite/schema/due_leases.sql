-- Who is bringing a due dispute up to date, and until when. A lease on a version that the dispute has left is over, so an
-- append need not look here.
CREATE TABLE due_leases (
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
    lease_until INTEGER NOT NULL,
    worker TEXT NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    UNIQUE (settlement_group, dispute)
) STRICT;
