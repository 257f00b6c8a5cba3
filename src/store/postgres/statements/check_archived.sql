-- What does not hang together in the archive: a dispute that is listed and not there, or there and not listed, or also
-- among the others; and events of disputes that are not there.
SELECT settlement_group, dispute, 'is listed as archived, and its row is gone' FROM recourse.archived AS listed
WHERE NOT EXISTS (SELECT FROM recourse.archived_disputes AS kept WHERE kept.settlement_group = listed.settlement_group
    AND kept.dispute = listed.dispute AND kept.rests_since = listed.rests_since)
UNION ALL
SELECT settlement_group, dispute, 'was archived, and is not listed there' FROM recourse.archived_disputes AS kept
WHERE NOT EXISTS (SELECT FROM recourse.archived AS listed WHERE kept.settlement_group = listed.settlement_group
    AND kept.dispute = listed.dispute AND kept.rests_since = listed.rests_since)
UNION ALL
SELECT settlement_group, dispute, 'stands in the archive and among the others' FROM recourse.archived AS listed
WHERE EXISTS (SELECT FROM recourse.disputes WHERE disputes.settlement_group = listed.settlement_group
    AND disputes.dispute = listed.dispute)
UNION ALL
SELECT DISTINCT settlement_group, dispute, 'has events in the archive, and its row is gone'
FROM recourse.archived_events AS event
WHERE NOT EXISTS (SELECT FROM recourse.archived_disputes AS kept WHERE kept.settlement_group = event.settlement_group
    AND kept.dispute = event.dispute AND kept.rests_since = event.rests_since)
