-- Whether the schema has the table that says what it is.
SELECT to_regclass('recourse.store') IS NOT NULL AS found
