-- The order in which effects are handed out.
CREATE INDEX outbox_position ON recourse.outbox (position);
