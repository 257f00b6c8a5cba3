-- Those that stay.
INSERT INTO recourse.personal_texts SELECT * FROM pg_temp.recourse_kept_texts
