-- What the trigger of a fenced shard does: it lets nobody through but who copies that shard. Class 57 is an intervention of
-- the operator: send it again, elsewhere.
CREATE OR REPLACE FUNCTION recourse.refuse_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('recourse_copy.shard', true) = TG_ARGV[0] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'shard % is being moved, or has moved, to another cluster; read the map of shards again', TG_ARGV[0]
        USING ERRCODE = '57R01';
END $$
