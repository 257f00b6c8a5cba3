-- What these tables are: one row. `position_base` is added to transaction numbers, so that positions go on where they were
-- when the tables move to a server that counts from the beginning again.
CREATE TABLE recourse.store (
    application text COLLATE "C" NOT NULL PRIMARY KEY CHECK (application = 'recourse'),
    version bigint NOT NULL CHECK (version >= 1),
    position_base bigint NOT NULL CHECK (position_base >= 0)
);
