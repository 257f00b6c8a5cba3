-- The timers. The key stands in it so that disputes due at one instant come in order without a sort.
CREATE INDEX disputes_due ON disputes (next_due, settlement_group, dispute) WHERE next_due IS NOT NULL;
