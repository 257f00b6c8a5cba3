-- Refused commands with their seals, a page at a time.
SELECT settlement_group, dispute, number, at, codes, command, asked, seal FROM recourse.refusals
WHERE (settlement_group, dispute, number) > ($1, $2, $3) ORDER BY settlement_group, dispute, number LIMIT $4
