-- The hash of a policy by its name.
SELECT hash FROM recourse.policies WHERE id = $1 AND version = $2
