-- One worker has it from now on.
INSERT INTO due_leases (settlement_group, dispute, version, lease_until, worker, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (settlement_group, dispute) DO UPDATE SET version = excluded.version, lease_until = excluded.lease_until,
    worker = excluded.worker, seal = excluded.seal
