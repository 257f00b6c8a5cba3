-- The row that says so.
INSERT INTO recourse.store (application, version, position_base) VALUES ('recourse', $1, 0)
