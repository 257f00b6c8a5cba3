-- Its version, and nobody else writes it until the end of the transaction.
SELECT version FROM recourse.ledger WHERE settlement_group = $1 AND payment = $2 FOR UPDATE
