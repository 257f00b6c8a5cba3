-- The months that have partitions.
SELECT month FROM recourse.archive_months
