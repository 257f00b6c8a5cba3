-- What the table has of a shard, as it is.
SELECT settlement_group, dispute, number, at, codes, command, asked, seal FROM recourse.refusals WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
