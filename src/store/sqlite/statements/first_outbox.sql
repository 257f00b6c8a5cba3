-- Its pending effects.
SELECT position, settlement_group, dispute, version, effect, kind, body FROM first_outbox ORDER BY position
