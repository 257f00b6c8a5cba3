-- One refused command.
INSERT INTO recourse.refusals (settlement_group, dispute, number, at, codes, command, asked, seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
