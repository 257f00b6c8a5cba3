-- A policy by its name.
SELECT hash, id, version, text FROM policies WHERE id = ?1 AND version = ?2
