-- Under their name.
ALTER TABLE recourse.ledger RENAME COLUMN last_lines TO lines
