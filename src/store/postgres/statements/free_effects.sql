-- What was held of a shard is free again.
UPDATE recourse.outbox SET lease_until = NULL, lease_worker = NULL
WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint AND lease_until = $2
