-- How often commands to a dispute were refused, by code. The dispute need not exist.
CREATE TABLE recourse.refusal_counts (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    code bigint NOT NULL CHECK (code BETWEEN 0 AND 65535),
    count bigint NOT NULL CHECK (count >= 1),
    seal bytea NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (settlement_group, dispute, code)
) WITH (fillfactor = 70);
