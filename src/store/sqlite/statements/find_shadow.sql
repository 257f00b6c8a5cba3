-- What a statement would find before the store's object of the same name.
SELECT type, name FROM temp.sqlite_temp_schema
WHERE lower(name) IN (SELECT lower(name) FROM main.sqlite_schema WHERE substr(name, 1, 5) <> 'host_')
