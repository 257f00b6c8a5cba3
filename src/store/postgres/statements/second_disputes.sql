-- What schema version 2 added: who has the lease on a dispute.
ALTER TABLE recourse.disputes ADD COLUMN lease_worker text COLLATE "C"
