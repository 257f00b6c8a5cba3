-- All texts, while the table is emptied.
CREATE TEMPORARY TABLE recourse_kept_texts ON COMMIT DROP AS SELECT * FROM recourse.personal_texts
