-- Events after a version, beside the version the dispute has at the same moment, so that a lost event is noticed, and
-- its keys, which tell whether it is archived.
SELECT disputes.version AS dispute_version, events.version, at, type, command, fingerprint, body, recorded_at, link, keys
FROM disputes
LEFT JOIN events ON events.settlement_group = disputes.settlement_group AND events.dispute = disputes.dispute
    AND events.version > ?3
WHERE disputes.settlement_group = ?1 AND disputes.dispute = ?2
ORDER BY events.version
