-- Which effects a dispute still has. Their order is not in it: they are few, and every effect writes to it.
CREATE INDEX outbox_dispute ON recourse.outbox (settlement_group, dispute);
