-- Every text with its seal.
SELECT settlement_group, dispute, digest, role, subject, salt, text, seal FROM personal_texts
