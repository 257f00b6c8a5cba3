-- How many texts one person has.
SELECT count(*) AS texts FROM recourse.personal_texts WHERE role = $1 AND subject = $2
