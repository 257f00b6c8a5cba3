-- A policy by its hash.
SELECT hash, id, version, text FROM policies WHERE hash = ?1
