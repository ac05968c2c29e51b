-- Backstops that hold whoever writes, also against plain SQL of the application's own role.

-- Every statement that adds entries must leave each measure at zero per transaction, journal and lot.
CREATE FUNCTION ledger_refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v record;
BEGIN
    IF EXISTS (
        SELECT FROM added
        GROUP BY transaction_id, journal, lot_id
        HAVING sum(quantity) <> 0 OR sum(net_mass_kg) <> 0 OR sum(customs_value_cny) <> 0 OR sum(duty_cny) <> 0
            OR sum(consumption_tax_cny) <> 0 OR sum(vat_cny) <> 0
    ) THEN
        -- Which one is looked up only now: the answer above is all that a posting has to wait for.
        SELECT transaction_id, journal, lot_id INTO v FROM added
        GROUP BY transaction_id, journal, lot_id
        HAVING (sum(quantity), sum(net_mass_kg), sum(customs_value_cny), sum(duty_cny), sum(consumption_tax_cny),
            sum(vat_cny)) <> (0, 0, 0, 0, 0, 0)
        LIMIT 1;
        RAISE EXCEPTION 'Transaction % does not balance for lot % in journal %', v.transaction_id, v.lot_id, v.journal
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_unbalanced();

-- A reversal is the exact opposite of what it reverses: the same accounts, the same measures, the other sign.
CREATE FUNCTION ledger_refuse_inexact_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT journal, place_id, lot_id, hold, sum(quantity), sum(net_mass_kg), sum(customs_value_cny), sum(duty_cny),
            sum(consumption_tax_cny), sum(vat_cny)
        FROM ledger_entry WHERE transaction_id IN (NEW.id, NEW.reversal_of)
        GROUP BY journal, place_id, lot_id, hold
        HAVING sum(quantity) <> 0 OR sum(net_mass_kg) <> 0 OR sum(customs_value_cny) <> 0 OR sum(duty_cny) <> 0
            OR sum(consumption_tax_cny) <> 0 OR sum(vat_cny) <> 0
    ) OR NOT EXISTS (SELECT FROM ledger_transaction WHERE id = NEW.reversal_of AND zone_id = NEW.zone_id) THEN
        RAISE EXCEPTION 'Transaction % is not the exact reversal of %', NEW.id, NEW.reversal_of
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_transaction_exact_reversal AFTER INSERT ON ledger_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reversal_of IS NOT NULL)
    EXECUTE FUNCTION ledger_refuse_inexact_reversal();

-- A place keeps its site and its kind once it stands in the ledger: balances and floors depend on them.
CREATE FUNCTION ledger_refuse_place_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_entry WHERE place_id = OLD.id) THEN
        RAISE EXCEPTION 'Place % stands in the ledger and keeps its site and kind', OLD.code
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER ledger_place_stays BEFORE UPDATE OF site_id, kind, is_internal ON registry_place
    FOR EACH ROW WHEN (OLD.site_id <> NEW.site_id OR OLD.is_internal <> NEW.is_internal OR OLD.kind <> NEW.kind)
    EXECUTE FUNCTION ledger_refuse_place_change();
CREATE TRIGGER ledger_place_remains BEFORE DELETE ON registry_place
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_place_change();

-- Rows that change on every posting keep room on their page, so that updates stay heap-only.
ALTER TABLE ledger_balance SET (fillfactor = 70);
ALTER TABLE ledger_movement SET (fillfactor = 80);

COMMENT ON TABLE ledger_lot IS 'One admission line: identity, and value and rates as booked. Append-only.';
COMMENT ON TABLE ledger_transaction IS 'What a document did to the ledger, at once and for good. Append-only.';
COMMENT ON TABLE ledger_entry IS 'Signed sides of movements; per transaction, journal and lot they sum to zero. Append-only.';
COMMENT ON TABLE ledger_balance IS 'What an internal account (lot, place, journal, hold) holds now; never negative.';
COMMENT ON TABLE ledger_movement IS 'Net movement of an internal account on one customs day, and its lowest point within it.';
COMMENT ON TABLE ledger_period IS 'Closed periods of sites. Append-only.';
COMMENT ON TABLE ledger_closing IS 'Balances at the end of closed periods. Append-only.';
