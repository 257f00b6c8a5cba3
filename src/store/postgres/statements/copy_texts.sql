-- The texts of a dispute as they are.
SELECT settlement_group, dispute, digest, role, subject, salt, text, seal FROM recourse.personal_texts
WHERE settlement_group = $1 AND dispute = $2
