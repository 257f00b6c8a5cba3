-- The timers. The key stands in it so that disputes due at one instant come in order without a sort; the lease does not,
-- so that taking one moves nothing in it.
CREATE INDEX disputes_due ON recourse.disputes (next_due, settlement_group, dispute) WHERE next_due IS NOT NULL;
