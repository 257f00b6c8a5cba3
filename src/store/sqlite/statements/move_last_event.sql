-- The last event moves up to a position, so that what is written from now on lies after it.
UPDATE events SET rowid = ?1 WHERE rowid = (SELECT max(rowid) FROM events) AND rowid < ?1
