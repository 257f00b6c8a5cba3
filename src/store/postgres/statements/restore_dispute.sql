-- Brings one dispute back from the archive as it was. Where it is not there any more, the division by zero takes the
-- transaction back.
WITH listed AS (
    DELETE FROM recourse.archived WHERE settlement_group = $1 AND dispute = $2 RETURNING rests_since),
gone AS (
    DELETE FROM recourse.archived_disputes
    WHERE settlement_group = $1 AND dispute = $2 AND rests_since = (SELECT rests_since FROM listed)
    RETURNING settlement_group, dispute, version, keys, head, state, seal),
kept AS (
    INSERT INTO recourse.disputes (settlement_group, dispute, version, keys, head, state, seal)
    SELECT settlement_group, dispute, version, keys, head, state, seal FROM gone),
moved AS (
    DELETE FROM recourse.archived_events
    WHERE settlement_group = $1 AND dispute = $2 AND rests_since = (SELECT rests_since FROM listed)
    RETURNING settlement_group, dispute, version, position, at, recorded_at, type, command, fingerprint, body, link),
kept_events AS (
    INSERT INTO recourse.events (settlement_group, dispute, version, position, at, recorded_at, type, command,
        fingerprint, body, link)
    SELECT settlement_group, dispute, version, position, at, recorded_at, type, command, fingerprint, body, link FROM moved)
SELECT 1 / count(*) AS restored FROM gone
