-- Verification: everything that can be recomputed from headers and entries, compared with what is stored.

CREATE FUNCTION ledger_account_text(p_lot bigint, p_place bigint, p_journal smallint, p_hold smallint)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT format('lot %s, place %s, journal %s, hold %s', p_lot, p_place, p_journal, p_hold)
$$;

-- The measures, in their order, of which the two lists differ; NULL counts as zero.
CREATE FUNCTION ledger_unlike(p_stored numeric[], p_recomputed numeric[])
RETURNS TABLE (figure text, stored text, recomputed text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT u.figure, coalesce(u.stored, 0)::text, coalesce(u.recomputed, 0)::text
    FROM unnest(ARRAY['quantity', 'net_mass_kg', 'customs_value_cny', 'duty_cny', 'consumption_tax_cny', 'vat_cny',
        'lowest_quantity'], p_stored, p_recomputed) AS u(figure, stored, recomputed)
    WHERE coalesce(u.stored, 0) <> coalesce(u.recomputed, 0)
$$;

-- Every internal account's movement of every customs day, as its entries give it.
CREATE FUNCTION ledger_days_from_entries(p_zone bigint) RETURNS TABLE (
    zone_id bigint, lot_id bigint, place_id bigint, site_id bigint, journal smallint, hold smallint, customs_date date,
    measures numeric[]
) LANGUAGE sql STABLE AS $$
    SELECT e.zone_id, e.lot_id, e.place_id, e.site_id, e.journal, e.hold, e.customs_date,
        ARRAY[sum(e.quantity), sum(e.net_mass_kg), sum(e.customs_value_cny), sum(e.duty_cny),
            sum(e.consumption_tax_cny), sum(e.vat_cny), least(0, min(e.running))]
    FROM (
        SELECT d.*, sum(d.quantity) OVER (
            PARTITION BY d.lot_id, d.place_id, d.journal, d.hold, d.customs_date
            ORDER BY d.occurred_at, d.transaction_id, d.line
        ) AS running
        FROM (
            SELECT e.*, p.site_id, (e.occurred_at AT TIME ZONE z.time_zone)::date AS customs_date
            FROM ledger_entry e
            JOIN registry_place p ON p.id = e.place_id AND p.is_internal
            JOIN registry_zone z ON z.id = e.zone_id
            WHERE p_zone IS NULL OR e.zone_id = p_zone
        ) d
    ) e
    GROUP BY e.zone_id, e.lot_id, e.place_id, e.site_id, e.journal, e.hold, e.customs_date
$$;

-- Every figure that differs: its table, the row, the figure's name, what is stored and what it should be.
-- STABLE, so all of it is read from one snapshot and postings meanwhile do not show as differences.
CREATE FUNCTION ledger_differences(p_zone bigint)
RETURNS TABLE (table_name text, row_key text, figure text, stored text, recomputed text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    -- Headers whose leaf hash no longer fits what they and their entries say.
    RETURN QUERY
    SELECT 'ledger_transaction', format('transaction %s', t.id), 'leaf_hash', encode(t.leaf_hash, 'hex'),
        encode(e.leaf_hash, 'hex')
    FROM ledger_transaction t
    JOIN (
        SELECT t.id, ledger_leaf_hash(t.zone_id, t.site_id, t.idempotency_key, t.kind, t.document_kind, t.document_id,
            t.document_number, t.occurred_at, t.recorded_at, t.actor_id, t.reason, t.reversal_of, e.entries) AS leaf_hash
        FROM ledger_transaction t
        JOIN (
            SELECT e.transaction_id, string_agg(ledger_entry_text(e.line, e.journal, e.place_id, e.lot_id, e.hold,
                e.quantity, e.net_mass_kg, e.customs_value_cny, e.duty_cny, e.consumption_tax_cny, e.vat_cny), ''
                ORDER BY e.line) AS entries
            FROM ledger_entry e GROUP BY e.transaction_id
        ) e ON e.transaction_id = t.id
    ) e ON e.id = t.id
    WHERE t.leaf_hash <> e.leaf_hash AND (p_zone IS NULL OR t.zone_id = p_zone)
    ORDER BY t.id;

    -- What stands outside the hash but follows from the header: its customs day, and the times of its entries.
    RETURN QUERY
    SELECT 'ledger_transaction', format('transaction %s', t.id), 'customs_date', t.customs_date::text,
        (t.occurred_at AT TIME ZONE z.time_zone)::date::text
    FROM ledger_transaction t
    JOIN registry_zone z ON z.id = t.zone_id
    WHERE t.customs_date <> (t.occurred_at AT TIME ZONE z.time_zone)::date AND (p_zone IS NULL OR t.zone_id = p_zone)
    ORDER BY t.id;
    RETURN QUERY
    SELECT 'ledger_entry', format('transaction %s, line %s', e.transaction_id, e.line), u.figure, u.stored, u.recomputed
    FROM ledger_entry e
    JOIN ledger_transaction t ON t.id = e.transaction_id
    CROSS JOIN LATERAL (VALUES
        ('zone', e.zone_id::text, t.zone_id::text),
        ('occurred_at', e.occurred_at::text, t.occurred_at::text),
        ('recorded_at', e.recorded_at::text, t.recorded_at::text)
    ) AS u(figure, stored, recomputed)
    WHERE (e.zone_id, e.occurred_at, e.recorded_at) <> (t.zone_id, t.occurred_at, t.recorded_at)
      AND u.stored <> u.recomputed AND (p_zone IS NULL OR t.zone_id = p_zone)
    ORDER BY e.transaction_id, e.line;

    -- Headers without entries, entries without a header, and entries whose lot, place or zone is not known.
    RETURN QUERY
    SELECT 'ledger_transaction', format('transaction %s', t.id), 'entries', '0', '2'
    FROM ledger_transaction t
    WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.transaction_id = t.id)
      AND (p_zone IS NULL OR t.zone_id = p_zone)
    ORDER BY t.id;
    RETURN QUERY
    SELECT 'ledger_entry', format('transaction %s, line %s', e.transaction_id, e.line), u.figure, u.stored, NULL::text
    FROM ledger_entry e
    LEFT JOIN ledger_transaction t ON t.id = e.transaction_id
    LEFT JOIN ledger_lot l ON l.id = e.lot_id AND l.zone_id = e.zone_id
    LEFT JOIN registry_place p ON p.id = e.place_id
    LEFT JOIN registry_site s ON s.id = p.site_id AND s.zone_id = e.zone_id
    CROSS JOIN LATERAL (VALUES
        ('transaction', e.transaction_id::text, t.id IS NULL),
        ('lot', e.lot_id::text, l.id IS NULL),
        ('place', e.place_id::text, s.id IS NULL)
    ) AS u(figure, stored, missing)
    WHERE (t.id IS NULL OR l.id IS NULL OR s.id IS NULL) AND u.missing AND (p_zone IS NULL OR e.zone_id = p_zone)
    ORDER BY e.transaction_id, e.line;

    -- Transactions that create or lose something, and reversals that are not the opposite of their original.
    RETURN QUERY
    SELECT 'ledger_entry', format('transaction %s, lot %s, journal %s', e.transaction_id, e.lot_id, e.journal), u.*
    FROM (
        SELECT transaction_id, lot_id, journal, ARRAY[sum(quantity), sum(net_mass_kg), sum(customs_value_cny),
            sum(duty_cny), sum(consumption_tax_cny), sum(vat_cny)] AS measures
        FROM ledger_entry
        WHERE p_zone IS NULL OR zone_id = p_zone
        GROUP BY transaction_id, lot_id, journal
    ) e
    CROSS JOIN LATERAL ledger_unlike(e.measures, ARRAY[0, 0, 0, 0, 0, 0]) u
    WHERE e.measures <> ARRAY[0, 0, 0, 0, 0, 0]::numeric[]
    ORDER BY e.transaction_id, e.lot_id, e.journal;
    RETURN QUERY
    SELECT 'ledger_entry', format('transaction %s, reversing %s, %s', e.id, e.reversal_of,
        ledger_account_text(e.lot_id, e.place_id, e.journal, e.hold)), u.*
    FROM (
        SELECT t.id, t.reversal_of, e.lot_id, e.place_id, e.journal, e.hold, ARRAY[sum(e.quantity), sum(e.net_mass_kg),
            sum(e.customs_value_cny), sum(e.duty_cny), sum(e.consumption_tax_cny), sum(e.vat_cny)] AS measures
        FROM ledger_transaction t
        JOIN ledger_entry e ON e.transaction_id IN (t.id, t.reversal_of)
        WHERE t.reversal_of IS NOT NULL AND (p_zone IS NULL OR t.zone_id = p_zone)
        GROUP BY t.id, t.reversal_of, e.lot_id, e.place_id, e.journal, e.hold
    ) e
    CROSS JOIN LATERAL ledger_unlike(e.measures, ARRAY[0, 0, 0, 0, 0, 0]) u
    ORDER BY e.id, e.lot_id, e.place_id, e.journal, e.hold;

    -- Balances against entries.
    RETURN QUERY
    SELECT 'ledger_balance', ledger_account_text(lot_id, place_id, journal, hold), u.*
    FROM (
        SELECT * FROM ledger_balance WHERE p_zone IS NULL OR zone_id = p_zone
    ) b
    FULL JOIN (
        SELECT e.lot_id, e.place_id, e.journal, e.hold, max(e.occurred_at) AS last_occurred_at,
            ARRAY[sum(e.quantity), sum(e.net_mass_kg), sum(e.customs_value_cny), sum(e.duty_cny),
                sum(e.consumption_tax_cny), sum(e.vat_cny)] AS measures
        FROM ledger_entry e
        JOIN registry_place p ON p.id = e.place_id AND p.is_internal
        WHERE p_zone IS NULL OR e.zone_id = p_zone
        GROUP BY e.lot_id, e.place_id, e.journal, e.hold
    ) e USING (lot_id, place_id, journal, hold)
    CROSS JOIN LATERAL (
        SELECT * FROM ledger_unlike(ARRAY[b.quantity, b.net_mass_kg, b.customs_value_cny, b.duty_cny,
            b.consumption_tax_cny, b.vat_cny], e.measures)
        UNION ALL
        SELECT 'last_occurred_at', b.last_occurred_at::text, e.last_occurred_at::text
        WHERE coalesce(b.last_occurred_at, '-infinity') <> coalesce(e.last_occurred_at, '-infinity')
    ) u
    ORDER BY lot_id, place_id, journal, hold;

    -- Daily movements against entries. A lowest quantity that is only a bound must not lie above the real one.
    RETURN QUERY
    SELECT 'ledger_movement', format('%s, %s', ledger_account_text(lot_id, place_id, journal, hold), customs_date), u.*
    FROM (
        SELECT lot_id, place_id, journal, hold, customs_date, lowest_is_exact, ARRAY[quantity, net_mass_kg,
            customs_value_cny, duty_cny, consumption_tax_cny, vat_cny, lowest_quantity] AS measures
        FROM ledger_movement WHERE p_zone IS NULL OR zone_id = p_zone
    ) m
    FULL JOIN ledger_days_from_entries(p_zone) e USING (lot_id, place_id, journal, hold, customs_date)
    CROSS JOIN LATERAL ledger_unlike(m.measures, e.measures) u
    WHERE m.measures IS DISTINCT FROM e.measures
      AND (u.figure <> 'lowest_quantity' OR m.lowest_is_exact IS NOT FALSE OR m.measures[7] > e.measures[7])
    ORDER BY lot_id, place_id, journal, hold, customs_date;

    -- Closings against entries: every account at the end of every closed period of its place's site.
    RETURN QUERY
    SELECT 'ledger_closing',
        format('%s, %s', ledger_account_text(lot_id, place_id, journal, hold), closed_through_date), u.*
    FROM (
        SELECT * FROM ledger_closing WHERE p_zone IS NULL OR zone_id = p_zone
    ) c
    FULL JOIN (
        SELECT e.lot_id, e.place_id, e.journal, e.hold, p.closed_through_date,
            ARRAY[sum(e.measures[1]), sum(e.measures[2]), sum(e.measures[3]), sum(e.measures[4]), sum(e.measures[5]),
                sum(e.measures[6])] AS measures
        FROM ledger_period p
        JOIN ledger_days_from_entries(p_zone) e ON e.site_id = p.site_id AND e.customs_date <= p.closed_through_date
        GROUP BY e.lot_id, e.place_id, e.journal, e.hold, p.closed_through_date
    ) e USING (lot_id, place_id, journal, hold, closed_through_date)
    CROSS JOIN LATERAL ledger_unlike(ARRAY[c.quantity, c.net_mass_kg, c.customs_value_cny, c.duty_cny,
        c.consumption_tax_cny, c.vat_cny], e.measures) u
    ORDER BY lot_id, place_id, journal, hold, closed_through_date;

    -- Accounts that were below zero: the quantity after any entry, the riding measures at the end of any day.
    RETURN QUERY
    SELECT 'ledger_entry', format('%s, %s', ledger_account_text(r.lot_id, r.place_id, r.journal, r.hold), r.occurred_at),
        'quantity', min(r.running)::text, '0'
    FROM (
        SELECT e.*, sum(e.quantity) OVER (
            PARTITION BY e.lot_id, e.place_id, e.journal, e.hold ORDER BY e.occurred_at, e.transaction_id, e.line
        ) AS running
        FROM ledger_entry e
        JOIN registry_place p ON p.id = e.place_id AND p.is_internal
        WHERE p_zone IS NULL OR e.zone_id = p_zone
    ) r
    WHERE r.running < 0
    GROUP BY r.lot_id, r.place_id, r.journal, r.hold, r.occurred_at
    ORDER BY r.lot_id, r.place_id, r.journal, r.hold, r.occurred_at;
    RETURN QUERY
    SELECT 'ledger_entry', format('%s, %s', ledger_account_text(r.lot_id, r.place_id, r.journal, r.hold), r.customs_date),
        u.figure, u.stored, '0'
    FROM (
        SELECT e.lot_id, e.place_id, e.journal, e.hold, e.customs_date, ARRAY[0, sum(e.measures[2]) OVER upto,
            sum(e.measures[3]) OVER upto, sum(e.measures[4]) OVER upto, sum(e.measures[5]) OVER upto,
            sum(e.measures[6]) OVER upto] AS held
        FROM ledger_days_from_entries(p_zone) e
        WINDOW upto AS (PARTITION BY e.lot_id, e.place_id, e.journal, e.hold ORDER BY e.customs_date)
    ) r
    CROSS JOIN LATERAL ledger_unlike(r.held, ARRAY[0, 0, 0, 0, 0, 0]) u
    WHERE 0 > ANY (r.held) AND u.stored LIKE '-%'
    ORDER BY r.lot_id, r.place_id, r.journal, r.hold, r.customs_date;
END
$$;
