-- Disputes without a deadline that are not archived, a page at a time.
SELECT settlement_group, dispute FROM disputes
WHERE (settlement_group, dispute) > (?1, ?2) AND next_due IS NULL AND keys <> x'0000000000000000'
ORDER BY settlement_group, dispute LIMIT ?3
