-- What the triggers of every app call. PostgreSQL then refuses, whoever asks.

CREATE FUNCTION registry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: its rows are append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION registry_refuse_change IS 'Refuses what would change or remove rows of history and ledger tables.';

-- For rows whose figures may change, but which are never forgotten.
CREATE FUNCTION registry_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: its rows are never removed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION registry_refuse_removal IS 'Refuses what would remove rows.';

-- For figures that stay once a document is decided; which ones, registry.frozen declares.
CREATE FUNCTION registry_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the figures of row % are frozen', TG_OP, TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION registry_refuse_frozen IS 'Refuses to change figures of a decided document.';

-- The same for lines, by the state of their document: its table, the column that leads to it, and the states.
CREATE FUNCTION registry_refuse_frozen_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    EXECUTE format('SELECT state FROM %I WHERE id = $1', TG_ARGV[0]) INTO found
        USING (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
    IF found = ANY (string_to_array(TG_ARGV[2], ',')) THEN
        RAISE EXCEPTION '% on % is refused: the figures of row % are frozen', TG_OP, TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
COMMENT ON FUNCTION registry_refuse_frozen_line IS 'Refuses to change figures of a line of a decided document.';
