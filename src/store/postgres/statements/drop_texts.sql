-- Those of the person.
DELETE FROM pg_temp.recourse_kept_texts WHERE role = $1 AND subject = $2
