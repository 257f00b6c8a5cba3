-- Its disputes.
SELECT settlement_group, dispute, version, next_due, keys, state FROM first_disputes ORDER BY rowid
