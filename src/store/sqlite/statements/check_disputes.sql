-- Every dispute with its seal.
SELECT settlement_group, dispute, version, next_due, keys, head, state, seal FROM disputes
