-- What the file is made of, but for SQLite's own tables and those of the host, which no statement of ours touches.
SELECT name, sql FROM main.sqlite_schema
WHERE substr(name, 1, 7) <> 'sqlite_' AND NOT (substr(name, 1, 5) = 'host_' AND substr(tbl_name, 1, 5) = 'host_'
    AND type <> 'view' AND sql NOT LIKE 'CREATE VIRTUAL%')
ORDER BY name
