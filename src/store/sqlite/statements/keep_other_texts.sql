-- All texts but those of one person, while the table that held them is on its way out.
INSERT INTO personal_texts SELECT * FROM erased_texts WHERE NOT (role = ?1 AND subject = ?2) ORDER BY rowid
