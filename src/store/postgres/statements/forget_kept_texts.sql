-- Before the end of a transaction that is the host's.
DROP TABLE pg_temp.recourse_kept_texts
