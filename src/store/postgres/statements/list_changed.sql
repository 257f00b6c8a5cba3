-- Disputes of a shard with an event after a position, whether or not readers of all events are given it yet.
SELECT DISTINCT settlement_group, dispute FROM (
    SELECT settlement_group, dispute FROM recourse.events WHERE position > $1
    UNION ALL
    SELECT settlement_group, dispute FROM recourse.archived_events WHERE position > $1) AS every
WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $2::bigint ORDER BY settlement_group, dispute
