-- How an effect was handed out, once it is settled or begins anew.
DELETE FROM deliveries WHERE position = ?1
