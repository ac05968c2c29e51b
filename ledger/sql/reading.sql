-- How the ledger is read. An account's balance at a moment is its latest closing before the moment's day, its
-- movements of the full days since, and its entries of the moment's own day; an account that has not moved since
-- is read from its present balance.

-- What internal accounts held just before p_until (NULL: now), as far as was recorded through p_known_at (NULL: all).
-- NULL for zone, places, lots or journal means every one. Accounts that held nothing are left out.
-- Plain SQL without SET, so that PostgreSQL inlines it: give arrays as values and not as sub-selects.
CREATE FUNCTION ledger_stock_at(
    p_zone bigint, p_places bigint[], p_lots bigint[], p_journal smallint, p_until timestamptz, p_known_at timestamptz
) RETURNS TABLE (
    lot_id bigint, place_id bigint, journal smallint, hold smallint, quantity numeric, net_mass_kg numeric,
    customs_value_cny numeric, duty_cny numeric, consumption_tax_cny numeric, vat_cny numeric
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH moved_since AS (
        SELECT b.lot_id, b.place_id, b.journal, b.hold,
            (p_until AT TIME ZONE z.time_zone)::date AS day,
            (p_until AT TIME ZONE z.time_zone)::date::timestamp AT TIME ZONE z.time_zone AS day_began_at,
            closed.through
        FROM ledger_balance b
        JOIN registry_zone z ON z.id = b.zone_id
        JOIN registry_place p ON p.id = b.place_id
        LEFT JOIN (
            SELECT c.site_id, max(c.closed_through_date) AS through
            FROM ledger_period c
            JOIN registry_zone cz ON cz.id = c.zone_id
            WHERE c.closed_through_date < (p_until AT TIME ZONE cz.time_zone)::date
            GROUP BY c.site_id
        ) closed ON closed.site_id = p.site_id
        WHERE b.last_occurred_at >= p_until
          AND (p_zone IS NULL OR b.zone_id = p_zone) AND (p_places IS NULL OR b.place_id = ANY (p_places))
          AND (p_lots IS NULL OR b.lot_id = ANY (p_lots)) AND (p_journal IS NULL OR b.journal = p_journal)
    )
    SELECT s.lot_id, s.place_id, s.journal, s.hold, sum(s.quantity), sum(s.net_mass_kg), sum(s.customs_value_cny),
        sum(s.duty_cny), sum(s.consumption_tax_cny), sum(s.vat_cny)
    FROM (
        SELECT b.lot_id, b.place_id, b.journal, b.hold, b.quantity, b.net_mass_kg, b.customs_value_cny, b.duty_cny,
            b.consumption_tax_cny, b.vat_cny
        FROM ledger_balance b
        WHERE b.quantity <> 0 AND (p_until IS NULL OR b.last_occurred_at < p_until)
          AND (p_zone IS NULL OR b.zone_id = p_zone) AND (p_places IS NULL OR b.place_id = ANY (p_places))
          AND (p_lots IS NULL OR b.lot_id = ANY (p_lots)) AND (p_journal IS NULL OR b.journal = p_journal)
        UNION ALL
        SELECT c.lot_id, c.place_id, c.journal, c.hold, c.quantity, c.net_mass_kg, c.customs_value_cny, c.duty_cny,
            c.consumption_tax_cny, c.vat_cny
        FROM moved_since a
        JOIN ledger_closing c ON c.lot_id = a.lot_id AND c.place_id = a.place_id AND c.journal = a.journal
            AND c.hold = a.hold AND c.closed_through_date = a.through
        UNION ALL
        SELECT m.lot_id, m.place_id, m.journal, m.hold, m.quantity, m.net_mass_kg, m.customs_value_cny, m.duty_cny,
            m.consumption_tax_cny, m.vat_cny
        FROM moved_since a
        JOIN ledger_movement m ON m.lot_id = a.lot_id AND m.place_id = a.place_id AND m.journal = a.journal
            AND m.hold = a.hold AND m.customs_date > coalesce(a.through, '-infinity') AND m.customs_date < a.day
        UNION ALL
        SELECT e.lot_id, e.place_id, e.journal, e.hold, e.quantity, e.net_mass_kg, e.customs_value_cny, e.duty_cny,
            e.consumption_tax_cny, e.vat_cny
        FROM moved_since a
        JOIN ledger_entry e ON e.lot_id = a.lot_id AND e.place_id = a.place_id AND e.journal = a.journal
            AND e.hold = a.hold AND e.occurred_at >= a.day_began_at AND e.occurred_at < p_until
        WHERE a.day_began_at < p_until
        UNION ALL
        SELECT e.lot_id, e.place_id, e.journal, e.hold, -e.quantity, -e.net_mass_kg, -e.customs_value_cny, -e.duty_cny,
            -e.consumption_tax_cny, -e.vat_cny
        FROM ledger_entry e
        JOIN registry_place p ON p.id = e.place_id AND p.is_internal
        WHERE e.recorded_at > p_known_at AND (p_until IS NULL OR e.occurred_at < p_until)
          AND (p_zone IS NULL OR e.zone_id = p_zone) AND (p_places IS NULL OR e.place_id = ANY (p_places))
          AND (p_lots IS NULL OR e.lot_id = ANY (p_lots)) AND (p_journal IS NULL OR e.journal = p_journal)
    ) s
    GROUP BY s.lot_id, s.place_id, s.journal, s.hold
    HAVING (sum(s.quantity), sum(s.net_mass_kg), sum(s.customs_value_cny), sum(s.duty_cny), sum(s.consumption_tax_cny),
        sum(s.vat_cny)) <> (0, 0, 0, 0, 0, 0)
$$;

-- The same for one account, planned once per session: always one row, of zeros where nothing was held.
CREATE FUNCTION ledger_account_at(
    p_lot bigint, p_place bigint, p_journal smallint, p_hold smallint, p_until timestamptz, p_known_at timestamptz,
    OUT quantity numeric, OUT net_mass_kg numeric, OUT customs_value_cny numeric, OUT duty_cny numeric,
    OUT consumption_tax_cny numeric, OUT vat_cny numeric
) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
    v_balance ledger_balance;
    v_day date;
    v_day_began_at timestamptz;
    v_closed date;
BEGIN
    SELECT b.* INTO v_balance FROM ledger_balance b
    WHERE b.lot_id = p_lot AND b.place_id = p_place AND b.journal = p_journal AND b.hold = p_hold;
    IF p_until IS NULL OR v_balance.last_occurred_at IS NULL OR v_balance.last_occurred_at < p_until THEN
        quantity := coalesce(v_balance.quantity, 0);
        net_mass_kg := coalesce(v_balance.net_mass_kg, 0);
        customs_value_cny := coalesce(v_balance.customs_value_cny, 0);
        duty_cny := coalesce(v_balance.duty_cny, 0);
        consumption_tax_cny := coalesce(v_balance.consumption_tax_cny, 0);
        vat_cny := coalesce(v_balance.vat_cny, 0);
    ELSE
        SELECT (p_until AT TIME ZONE z.time_zone)::date,
            (p_until AT TIME ZONE z.time_zone)::date::timestamp AT TIME ZONE z.time_zone
        INTO v_day, v_day_began_at
        FROM registry_zone z WHERE z.id = v_balance.zone_id;
        v_closed := coalesce((
            SELECT max(c.closed_through_date) FROM ledger_period c
            JOIN registry_place p ON p.site_id = c.site_id
            WHERE p.id = p_place AND c.closed_through_date < v_day
        ), '-infinity');
        SELECT coalesce(sum(s.quantity), 0), coalesce(sum(s.net_mass_kg), 0), coalesce(sum(s.customs_value_cny), 0),
            coalesce(sum(s.duty_cny), 0), coalesce(sum(s.consumption_tax_cny), 0), coalesce(sum(s.vat_cny), 0)
        INTO quantity, net_mass_kg, customs_value_cny, duty_cny, consumption_tax_cny, vat_cny
        FROM (
            SELECT c.quantity, c.net_mass_kg, c.customs_value_cny, c.duty_cny, c.consumption_tax_cny, c.vat_cny
            FROM ledger_closing c
            WHERE c.lot_id = p_lot AND c.place_id = p_place AND c.journal = p_journal AND c.hold = p_hold
              AND c.closed_through_date = v_closed
            UNION ALL
            SELECT m.quantity, m.net_mass_kg, m.customs_value_cny, m.duty_cny, m.consumption_tax_cny, m.vat_cny
            FROM ledger_movement m
            WHERE m.lot_id = p_lot AND m.place_id = p_place AND m.journal = p_journal AND m.hold = p_hold
              AND m.customs_date > v_closed AND m.customs_date < v_day
            UNION ALL
            SELECT e.quantity, e.net_mass_kg, e.customs_value_cny, e.duty_cny, e.consumption_tax_cny, e.vat_cny
            FROM ledger_entry e
            WHERE e.lot_id = p_lot AND e.place_id = p_place AND e.journal = p_journal AND e.hold = p_hold
              AND e.occurred_at >= v_day_began_at AND e.occurred_at < p_until
        ) s;
    END IF;
    IF p_known_at IS NOT NULL AND v_balance.lot_id IS NOT NULL THEN
        SELECT ledger_account_at.quantity - coalesce(sum(e.quantity), 0),
            ledger_account_at.net_mass_kg - coalesce(sum(e.net_mass_kg), 0),
            ledger_account_at.customs_value_cny - coalesce(sum(e.customs_value_cny), 0),
            ledger_account_at.duty_cny - coalesce(sum(e.duty_cny), 0),
            ledger_account_at.consumption_tax_cny - coalesce(sum(e.consumption_tax_cny), 0),
            ledger_account_at.vat_cny - coalesce(sum(e.vat_cny), 0)
        INTO quantity, net_mass_kg, customs_value_cny, duty_cny, consumption_tax_cny, vat_cny
        FROM ledger_entry e
        WHERE e.lot_id = p_lot AND e.place_id = p_place AND e.journal = p_journal AND e.hold = p_hold
          AND e.recorded_at > p_known_at AND e.occurred_at < coalesce(p_until, 'infinity');
    END IF;
END
$$;

-- Let no posting go on until the transaction ends: each reads ledger_period, and holds a lock on it for that.
-- As the tables' owner, because the application's role may change nothing of the table, and so may not lock it either.
CREATE FUNCTION ledger_exclude_postings() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE ledger_period IN ACCESS EXCLUSIVE MODE;
END
$$;

-- What the accounts at a site's places held at the end of p_through: the previous closing, and the movements since.
CREATE FUNCTION ledger_write_closings(p_site bigint, p_previous date, p_through date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ledger_closing (zone_id, lot_id, place_id, journal, hold, closed_through_date, quantity, net_mass_kg,
        customs_value_cny, duty_cny, consumption_tax_cny, vat_cny)
    SELECT s.zone_id, s.lot_id, s.place_id, s.journal, s.hold, p_through, sum(s.quantity), sum(s.net_mass_kg),
        sum(s.customs_value_cny), sum(s.duty_cny), sum(s.consumption_tax_cny), sum(s.vat_cny)
    FROM (
        SELECT c.zone_id, c.lot_id, c.place_id, c.journal, c.hold, c.quantity, c.net_mass_kg, c.customs_value_cny,
            c.duty_cny, c.consumption_tax_cny, c.vat_cny
        FROM ledger_closing c
        JOIN registry_place p ON p.id = c.place_id
        WHERE p.site_id = p_site AND c.closed_through_date = p_previous
        UNION ALL
        SELECT m.zone_id, m.lot_id, m.place_id, m.journal, m.hold, m.quantity, m.net_mass_kg, m.customs_value_cny,
            m.duty_cny, m.consumption_tax_cny, m.vat_cny
        FROM ledger_movement m
        JOIN registry_place p ON p.id = m.place_id
        WHERE p.site_id = p_site AND m.customs_date > coalesce(p_previous, '-infinity') AND m.customs_date <= p_through
    ) s
    GROUP BY s.zone_id, s.lot_id, s.place_id, s.journal, s.hold
    HAVING (sum(s.quantity), sum(s.net_mass_kg), sum(s.customs_value_cny), sum(s.duty_cny), sum(s.consumption_tax_cny),
        sum(s.vat_cny)) <> (0, 0, 0, 0, 0, 0)
$$;

-- Documents whose later transactions took from an account what reversing the given transactions would take back.
CREATE FUNCTION ledger_dependants_of(p_transactions bigint[]) RETURNS TABLE (
    document_kind varchar, document_id bigint, document_number varchar, latest bigint
) LANGUAGE sql STABLE AS $$
    WITH brought AS (
        SELECT e.lot_id, e.place_id, e.journal, e.hold, min(e.transaction_id) AS since, sum(e.quantity) AS quantity,
            sum(e.net_mass_kg) AS net_mass_kg, sum(e.customs_value_cny) AS customs_value_cny,
            sum(e.duty_cny) AS duty_cny, sum(e.consumption_tax_cny) AS consumption_tax_cny, sum(e.vat_cny) AS vat_cny
        FROM ledger_entry e
        WHERE e.transaction_id = ANY (p_transactions)
        GROUP BY e.lot_id, e.place_id, e.journal, e.hold
    ), drained AS (
        SELECT a.lot_id, a.place_id, a.journal, a.hold, a.since
        FROM brought a
        JOIN ledger_balance b USING (lot_id, place_id, journal, hold)
        WHERE b.quantity < a.quantity OR b.net_mass_kg < a.net_mass_kg OR b.customs_value_cny < a.customs_value_cny
           OR b.duty_cny < a.duty_cny OR b.consumption_tax_cny < a.consumption_tax_cny OR b.vat_cny < a.vat_cny
           OR b.quantity = a.quantity AND (b.net_mass_kg, b.customs_value_cny, b.duty_cny, b.consumption_tax_cny,
                b.vat_cny) <> (a.net_mass_kg, a.customs_value_cny, a.duty_cny, a.consumption_tax_cny, a.vat_cny)
    )
    SELECT t.document_kind, t.document_id, t.document_number, max(t.id)
    FROM drained d
    JOIN ledger_entry e ON e.lot_id = d.lot_id AND e.place_id = d.place_id AND e.journal = d.journal
        AND e.hold = d.hold AND e.transaction_id > d.since AND e.quantity < 0
    JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE t.reversal_of IS NULL AND t.id <> ALL (p_transactions)
      AND NOT EXISTS (SELECT FROM ledger_transaction r WHERE r.reversal_of = t.id)
    GROUP BY t.document_kind, t.document_id, t.document_number
$$;
