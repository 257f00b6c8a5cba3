-- Texts with their seals, a page at a time.
SELECT settlement_group, dispute, digest, role, subject, salt, text, seal FROM recourse.personal_texts
WHERE (settlement_group, dispute, digest, role, subject) > ($1, $2, $3, $4, $5)
ORDER BY settlement_group, dispute, digest, role, subject LIMIT $6
