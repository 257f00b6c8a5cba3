-- How often commands to a dispute were refused, by code. The dispute need not exist.
CREATE TABLE refusal_counts (
    settlement_group TEXT NOT NULL,
    dispute TEXT NOT NULL,
    code INTEGER NOT NULL CHECK (code BETWEEN 0 AND 65535),
    count INTEGER NOT NULL CHECK (count >= 1),
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (settlement_group, dispute, code)
) STRICT;
