-- Under its name.
ALTER TABLE recourse.disputes RENAME COLUMN last_state TO state
