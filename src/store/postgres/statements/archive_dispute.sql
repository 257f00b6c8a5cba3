-- Moves one dispute, if it is still what was judged: that version, without a deadline, and all its effects settled. Who
-- writes it at this moment is waited for, and has moved it on then.
WITH gone AS (
    DELETE FROM recourse.disputes AS one
    WHERE settlement_group = $1 AND dispute = $2 AND version = $3 AND next_due IS NULL
        AND NOT EXISTS (SELECT FROM recourse.outbox AS effect
            WHERE effect.settlement_group = one.settlement_group AND effect.dispute = one.dispute)
    RETURNING settlement_group, dispute, version, keys, head, state, seal),
kept AS (
    INSERT INTO recourse.archived_disputes
        (settlement_group, dispute, version, keys, head, state, seal, rests_since)
    SELECT settlement_group, dispute, version, keys, head, state, seal, $4::bigint FROM gone),
listed AS (
    INSERT INTO recourse.archived (settlement_group, dispute, rests_since)
    SELECT settlement_group, dispute, $4::bigint FROM gone),
moved AS (
    DELETE FROM recourse.events WHERE settlement_group = $1 AND dispute = $2 AND EXISTS (SELECT FROM gone)
    RETURNING settlement_group, dispute, version, position, at, recorded_at, type, command, fingerprint, body, link),
kept_events AS (
    INSERT INTO recourse.archived_events (settlement_group, dispute, version, position, at, recorded_at, type, command,
        fingerprint, body, link, rests_since)
    SELECT settlement_group, dispute, version, position, at, recorded_at, type, command, fingerprint, body, link, $4::bigint
    FROM moved RETURNING position),
reached AS (
    UPDATE recourse.archive_months SET last_position = greatest(last_position, (SELECT max(position) FROM kept_events))
    WHERE rests_from <= $4::bigint AND $4::bigint < rests_until AND EXISTS (SELECT FROM gone))
SELECT count(*) AS archived FROM gone
