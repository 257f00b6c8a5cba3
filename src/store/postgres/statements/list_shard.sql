-- Disputes of a shard with their versions, a page at a time.
SELECT settlement_group, dispute, version FROM (
    SELECT settlement_group, dispute, version FROM recourse.disputes WHERE (settlement_group, dispute) > ($1, $2)
    UNION ALL
    SELECT settlement_group, dispute, version FROM recourse.archived_disputes
    WHERE (settlement_group, dispute) > ($1, $2)) AS every
WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $3::bigint
ORDER BY settlement_group, dispute LIMIT $4
