-- What the table has of a shard, as it is.
SELECT settlement_group, dispute, code, count, seal FROM recourse.refusal_counts WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
