-- All that the table has of a shard.
DELETE FROM recourse.events WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
