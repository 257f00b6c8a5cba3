-- And not where they stood.
ALTER TABLE recourse.ledger DROP COLUMN lines, ALTER COLUMN last_lines SET NOT NULL
