-- How many rows each table has of a shard, and a sum over their seals, or over the links of events.
SELECT 'disputes' AS what, count(*) AS rows, sha256(coalesce(string_agg(seal, ''::bytea ORDER BY settlement_group, dispute), ''::bytea)) AS sum
FROM (SELECT settlement_group, dispute, seal FROM recourse.disputes
    UNION ALL SELECT settlement_group, dispute, seal FROM recourse.archived_disputes) AS every WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
UNION ALL
SELECT 'events' AS what, count(*) AS rows, sha256(coalesce(string_agg(link, ''::bytea ORDER BY settlement_group, dispute, version), ''::bytea)) AS sum
FROM (SELECT settlement_group, dispute, version, link FROM recourse.events
    UNION ALL SELECT settlement_group, dispute, version, link FROM recourse.archived_events) AS every WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
UNION ALL
SELECT 'ledger' AS what, count(*) AS rows, sha256(coalesce(string_agg(seal, ''::bytea ORDER BY settlement_group, payment), ''::bytea)) AS sum
FROM recourse.ledger WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
UNION ALL
SELECT 'outbox' AS what, count(*) AS rows, sha256(coalesce(string_agg(seal, ''::bytea ORDER BY settlement_group, dispute, version, effect), ''::bytea)) AS sum
FROM recourse.outbox WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
UNION ALL
SELECT 'personal_texts' AS what, count(*) AS rows, sha256(coalesce(string_agg(seal, ''::bytea ORDER BY settlement_group, dispute, digest, role, subject), ''::bytea)) AS sum
FROM recourse.personal_texts WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
UNION ALL
SELECT 'refusal_counts' AS what, count(*) AS rows, sha256(coalesce(string_agg(seal, ''::bytea ORDER BY settlement_group, dispute, code), ''::bytea)) AS sum
FROM recourse.refusal_counts WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
UNION ALL
SELECT 'refusals' AS what, count(*) AS rows, sha256(coalesce(string_agg(seal, ''::bytea ORDER BY settlement_group, dispute, number), ''::bytea)) AS sum
FROM recourse.refusals WHERE get_byte(sha256(convert_to(settlement_group, 'UTF8')), 0) = $1::bigint
