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
