-- Proves a hit among the hashes of command keys; a walk over one dispute's events, needed for repeated commands only.
SELECT version, fingerprint FROM recourse.events WHERE settlement_group = $1 AND dispute = $2 AND command = $3
ORDER BY version LIMIT 1
