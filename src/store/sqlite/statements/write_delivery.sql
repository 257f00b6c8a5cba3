-- The state of handing out one effect.
INSERT INTO deliveries (position, attempts, free_at, worker, parked_at, reason, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (position) DO UPDATE SET attempts = excluded.attempts, free_at = excluded.free_at, worker = excluded.worker,
    parked_at = excluded.parked_at, reason = excluded.reason, seal = excluded.seal
