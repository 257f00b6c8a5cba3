-- When the last event of a dispute happened.
SELECT max(at) AS at FROM events WHERE settlement_group = ?1 AND dispute = ?2
