-- A statement is frozen from the moment it is sealed: of all that it says, only that another superseded it may change.
CREATE FUNCTION fuel_refuse_statement_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'UPDATE on % is refused: statement % is issued', TG_TABLE_NAME, OLD.number
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER fuel_statement_stays BEFORE UPDATE ON fuel_statement
    FOR EACH ROW WHEN (
        OLD.sha256 <> ''
        AND (to_jsonb(OLD) - 'state' <> to_jsonb(NEW) - 'state'
            OR (OLD.state, NEW.state) NOT IN (('issued', 'issued'), ('issued', 'superseded'), ('superseded', 'superseded')))
    ) EXECUTE FUNCTION fuel_refuse_statement_change();
