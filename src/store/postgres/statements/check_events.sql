-- Events of disputes that are not there.
SELECT DISTINCT events.settlement_group, events.dispute FROM recourse.events
WHERE NOT EXISTS (SELECT FROM recourse.disputes
    WHERE disputes.settlement_group = events.settlement_group AND disputes.dispute = events.dispute)
