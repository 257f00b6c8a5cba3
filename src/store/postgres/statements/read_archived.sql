-- All that a decision needs of an archived dispute.
SELECT version, keys, head, state FROM recourse.archived_disputes
WHERE settlement_group = $1 AND dispute = $2 AND rests_since = $3
