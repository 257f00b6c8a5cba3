-- A policy by its name.
SELECT hash, id, version, text FROM recourse.policies WHERE id = $1 AND version = $2
