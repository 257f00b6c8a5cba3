-- Disputes of which the archive has all but the name, version and head.
SELECT settlement_group, dispute, version, head FROM disputes WHERE keys = x'0000000000000000'
