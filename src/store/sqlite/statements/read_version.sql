-- What an append is checked against.
SELECT version, keys FROM disputes WHERE settlement_group = ?1 AND dispute = ?2
