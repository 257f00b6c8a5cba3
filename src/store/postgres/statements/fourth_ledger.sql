-- The lines of a payment likewise.
ALTER TABLE recourse.ledger ADD COLUMN last_lines bytea
