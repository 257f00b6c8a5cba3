-- Every policy with the hash that it is found by.
SELECT hash, id, version, text FROM recourse.policies
