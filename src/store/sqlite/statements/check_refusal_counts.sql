-- Every count of refusals with its seal.
SELECT settlement_group, dispute, code, count, seal FROM refusal_counts
