-- A policy by its hash.
SELECT hash, id, version, text FROM recourse.policies WHERE hash = $1
