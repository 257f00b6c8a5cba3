-- The months that closed disputes were archived under, and how far the positions of their events go: a reader of all events
-- that is past them need not look there. `month` names the partitions: "2026_04", in UTC.
CREATE TABLE recourse.archive_months (
    month text COLLATE "C" NOT NULL PRIMARY KEY,
    rests_from bigint NOT NULL UNIQUE,
    rests_until bigint NOT NULL CHECK (rests_until > rests_from),
    last_position bigint NOT NULL CHECK (last_position >= 0)
);
