-- What stays of a dispute that was copied to the archive, if it is still what was judged: its name, version and head. The
-- last event of the file stays, since its position would be given again.
UPDATE disputes SET keys = ?4, state = ?5, seal = ?6
WHERE settlement_group = ?1 AND dispute = ?2 AND version = ?3 AND head = ?7 AND next_due IS NULL
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.settlement_group = ?1 AND outbox.dispute = ?2)
    AND NOT EXISTS (SELECT 1 FROM events WHERE events.rowid = (SELECT max(rowid) FROM events)
        AND events.settlement_group = ?1 AND events.dispute = ?2)
