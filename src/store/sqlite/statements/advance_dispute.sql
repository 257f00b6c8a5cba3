-- Each later append: compare the version and set it.
UPDATE disputes SET version = ?3, next_due = ?4, keys = ?5, head = ?6, state = ?7, seal = ?8
WHERE settlement_group = ?1 AND dispute = ?2 AND version = ?9
