-- What schema version 4 changed: the state of a dispute stands last, the lines of a payment too, and an effect is found by
-- its position.
ALTER TABLE recourse.disputes ADD COLUMN last_state bytea
