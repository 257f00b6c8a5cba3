-- Whether there is a dispute of which the archive has all but the name, version and head.
SELECT 1 FROM disputes WHERE keys = x'0000000000000000' LIMIT 1
