-- Which disputes were archived, and since when each rests: the one place where an archived dispute is looked for.
CREATE TABLE recourse.archived (
    settlement_group text COLLATE "C" NOT NULL,
    dispute text COLLATE "C" NOT NULL,
    rests_since bigint NOT NULL,
    PRIMARY KEY (settlement_group, dispute)
);
