-- The copied texts of a dispute, before they are copied again.
DELETE FROM recourse.personal_texts WHERE settlement_group = $1 AND dispute = $2
