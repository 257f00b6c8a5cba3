-- Effects not carried out yet.
SELECT position, settlement_group, dispute, version, effect, kind, body FROM outbox
WHERE position > ?1 ORDER BY position LIMIT ?2
