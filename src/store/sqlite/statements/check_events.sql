-- Events of disputes that are not there.
SELECT DISTINCT events.settlement_group, events.dispute FROM events
LEFT JOIN disputes ON disputes.settlement_group = events.settlement_group AND disputes.dispute = events.dispute
WHERE disputes.version IS NULL
