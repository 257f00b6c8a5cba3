-- Every refused command with its seal.
SELECT settlement_group, dispute, number, at, codes, command, asked, seal FROM refusals
