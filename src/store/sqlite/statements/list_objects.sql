-- What the file is made of, but for SQLite's own tables.
SELECT name, sql FROM sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY name
