-- The lines of all payments.
UPDATE recourse.ledger SET last_lines = lines
