-- Its version.
SELECT version FROM recourse.ledger WHERE settlement_group = $1 AND payment = $2
