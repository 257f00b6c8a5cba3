-- The order that readers of all events follow.
CREATE INDEX events_position ON recourse.events (position);
