-- A policy; changes no row when its hash is known.
INSERT INTO recourse.policies (hash, id, version, text) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING
