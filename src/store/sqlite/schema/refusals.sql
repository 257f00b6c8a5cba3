-- Refused commands that were kept, in the order of their refusal. The codes are numbers with a blank between them.
CREATE TABLE refusals (
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    at INTEGER NOT NULL,
    codes TEXT NOT NULL,
    command TEXT NOT NULL,
    asked BLOB NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (settlement_group, dispute, number)
) STRICT;
