-- Events of an archived dispute after a version, beside the version that it has.
SELECT disputes.version AS dispute_version, events.version, at, type, command, fingerprint, body, recorded_at, link
FROM recourse.archived_disputes AS disputes
LEFT JOIN recourse.archived_events AS events ON events.settlement_group = disputes.settlement_group
    AND events.dispute = disputes.dispute AND events.rests_since = $4 AND events.version > $3
WHERE disputes.settlement_group = $1 AND disputes.dispute = $2 AND disputes.rests_since = $4
ORDER BY events.version
