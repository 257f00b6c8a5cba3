-- The end of a lease before its time, by whoever has it.
DELETE FROM due_leases WHERE settlement_group = ?1 AND dispute = ?2 AND version = ?3 AND worker = ?4
    AND EXISTS (SELECT 1 FROM disputes
        WHERE disputes.settlement_group = ?1 AND disputes.dispute = ?2 AND disputes.version = ?3)
