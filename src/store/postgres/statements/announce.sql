-- Tells those who listen that there is work, once a transaction whatever its size. Nobody hears it before the commit.
SELECT pg_notify($1, '') IS NOT NULL AS told
