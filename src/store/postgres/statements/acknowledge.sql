-- Something written, so that the commit of an answer that changes nothing waits for the standby like any other.
SELECT pg_logical_emit_message(true, 'recourse', 'duplicate') IS NOT NULL AS written
