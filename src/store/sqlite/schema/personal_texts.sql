-- What people wrote, by dispute and by the digest that an event has of it. The only rows that are erased.
CREATE TABLE personal_texts (
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    role TEXT NOT NULL,
    subject TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    text BLOB NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    UNIQUE (settlement_group, dispute, digest, role, subject)
) STRICT;
