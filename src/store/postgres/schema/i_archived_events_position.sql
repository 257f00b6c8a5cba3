-- For readers of all events that are behind.
CREATE INDEX archived_events_position ON recourse.archived_events (position);
