-- An effect is found by its position.
ALTER TABLE recourse.outbox DROP CONSTRAINT outbox_pkey, ADD PRIMARY KEY (position)
