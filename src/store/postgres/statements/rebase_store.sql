-- Positions go on above the greatest one, whatever the transaction numbers are.
UPDATE recourse.store SET position_base = $1
