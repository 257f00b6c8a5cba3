-- And how each effect was handed out.
ALTER TABLE recourse.outbox ADD COLUMN lease_worker text COLLATE "C",
    ADD COLUMN attempts bigint NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 4294967295),
    ADD COLUMN parked_at bigint, ADD COLUMN reason bytea NOT NULL DEFAULT ''
