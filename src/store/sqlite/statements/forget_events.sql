-- The events of a dispute that the archive has.
DELETE FROM events WHERE settlement_group = ?1 AND dispute = ?2
