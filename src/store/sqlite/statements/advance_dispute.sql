-- Each later append: compare the version and set it.
UPDATE disputes SET version = ?3, next_due = ?4, keys = ?5, state = ?6
WHERE settlement_group = ?1 AND dispute = ?2 AND version = ?7
