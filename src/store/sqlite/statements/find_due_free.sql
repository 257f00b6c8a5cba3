-- Disputes with a deadline that has come and that no worker has, earliest first.
SELECT disputes.settlement_group, disputes.dispute, disputes.version, next_due FROM disputes
WHERE next_due <= ?1 AND NOT EXISTS (SELECT 1 FROM due_leases
    WHERE due_leases.settlement_group = disputes.settlement_group AND due_leases.dispute = disputes.dispute
        AND due_leases.version = disputes.version AND lease_until > ?1)
ORDER BY next_due, disputes.settlement_group, disputes.dispute LIMIT ?2
