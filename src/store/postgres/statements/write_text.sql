-- One text; changes no row when the same person wrote the same with the same salt before.
INSERT INTO recourse.personal_texts (settlement_group, dispute, digest, role, subject, salt, text, seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (settlement_group, dispute, digest, role, subject) DO NOTHING
