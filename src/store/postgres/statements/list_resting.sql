-- Disputes without a deadline, a page at a time: who is closed is among them.
SELECT settlement_group, dispute FROM recourse.disputes
WHERE (settlement_group, dispute) > ($1, $2) AND next_due IS NULL ORDER BY settlement_group, dispute LIMIT $3
