-- The texts of a dispute that were not erased.
SELECT digest, role, subject, salt, text FROM recourse.personal_texts
WHERE settlement_group = $1 AND dispute = $2 ORDER BY digest, role, subject
