-- The states of all disputes.
UPDATE recourse.disputes SET last_state = state
