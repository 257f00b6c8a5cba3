-- The table gets a new file; the old one goes with the commit, its bytes with it.
TRUNCATE recourse.personal_texts
