-- Nobody claims an effect of a shard until it is freed; who has one already may still settle it.
UPDATE recourse.outbox SET lease_until = $2
WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
