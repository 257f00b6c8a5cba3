-- Refused commands that were kept, in the order of their refusal. The codes are numbers with a blank between them.
CREATE TABLE recourse.refusals (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    number bigint NOT NULL CHECK (number >= 1),
    at bigint NOT NULL,
    codes text COLLATE "C" NOT NULL,
    command bytea NOT NULL,
    asked bytea NOT NULL,
    seal bytea NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (settlement_group, dispute, number)
);
