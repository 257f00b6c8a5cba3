-- What people wrote, by dispute and by the digest that an event has of it. The only rows that are erased.
CREATE TABLE recourse.personal_texts (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    role text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    salt bytea NOT NULL CHECK (length(salt) = 32),
    text bytea NOT NULL,
    seal bytea NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (settlement_group, dispute, digest, role, subject)
);
