-- Every lease with its seal.
SELECT settlement_group, dispute, version, lease_until, worker, seal FROM due_leases
