-- Leases that have ended, or whose dispute went on.
DELETE FROM due_leases WHERE lease_until <= ?1 OR NOT EXISTS (SELECT 1 FROM disputes
    WHERE disputes.settlement_group = due_leases.settlement_group AND disputes.dispute = due_leases.dispute
        AND disputes.version = due_leases.version)
