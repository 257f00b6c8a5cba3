-- Proves a hit among the hashes of command keys of an archived dispute.
SELECT version, fingerprint FROM recourse.archived_events
WHERE settlement_group = $1 AND dispute = $2 AND command = $3 AND rests_since = $4 ORDER BY version LIMIT 1
