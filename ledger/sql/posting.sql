-- The only writers of ledger rows. Python calls them through ledger.operations.post().
--
-- Refusals carry an SQLSTATE of class BB, the sentence in MESSAGE and the figures as JSON in DETAIL:
--   BB001 not enough on an account          BB004 unknown zone, or a site, place or lot that is not in it
--   BB002 inside a closed period            BB005 would have been negative in the past
--   BB003 key used for another request      BB006 a quantity that cannot be moved
--                                           BB007 a mass or an amount that cannot ride on a quantity

-- The text whose SHA-256 is a transaction's leaf hash. One line per fact, free text as a JSON string,
-- times in UTC microseconds, quantities with 5 and money with 2 decimals; entries in order of line.
CREATE FUNCTION ledger_leaf_hash(
    p_zone bigint, p_site bigint, p_key text, p_kind text, p_document_kind text, p_document_id bigint,
    p_document_number text, p_occurred_at timestamptz, p_recorded_at timestamptz, p_actor bigint, p_reason text,
    p_reversal_of bigint, p_entries text
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(concat_ws(E'\n', 'bondbook transaction 1', p_zone, p_site, to_json(p_key), p_kind,
        p_document_kind, p_document_id, to_json(p_document_number),
        to_char(p_occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        to_char(p_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        coalesce(p_actor::text, ''), to_json(p_reason), coalesce(p_reversal_of::text, ''), p_entries), 'UTF8'))
$$;

-- STABLE and no more, or it would be called row by row instead of becoming part of the statement.
CREATE FUNCTION ledger_entry_text(
    p_line int, p_journal smallint, p_place bigint, p_lot bigint, p_hold smallint, p_quantity numeric, p_mass numeric,
    p_value numeric, p_duty numeric, p_consumption_tax numeric, p_vat numeric
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT concat_ws(' ', p_line, p_journal, p_place, p_lot, p_hold, p_quantity, p_mass, p_value, p_duty,
        p_consumption_tax, p_vat) || E'\n'
$$;

-- Half-up to the given places (round() of numeric rounds half away from zero; shares are never negative);
-- whoever takes everything takes what remains.
CREATE FUNCTION ledger_share(p_whole numeric, p_taken numeric, p_of numeric, p_places int)
RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN p_taken = p_of THEN p_whole ELSE round(p_whole * p_taken / p_of, p_places) END
$$;

-- Recompute one account's movement of one day from its entries; entries of the same instant count in the
-- order in which they were posted.
CREATE FUNCTION ledger_rebuild_day(
    p_zone bigint, p_lot bigint, p_place bigint, p_journal smallint, p_hold smallint, p_day date, p_time_zone text
) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ledger_movement AS m (zone_id, lot_id, place_id, journal, hold, customs_date, quantity, net_mass_kg,
        customs_value_cny, duty_cny, consumption_tax_cny, vat_cny, lowest_quantity, lowest_is_exact)
    SELECT p_zone, p_lot, p_place, p_journal, p_hold, p_day, sum(quantity), sum(net_mass_kg), sum(customs_value_cny),
        sum(duty_cny), sum(consumption_tax_cny), sum(vat_cny), least(0, min(running)), true
    FROM (
        SELECT e.*, sum(quantity) OVER (ORDER BY occurred_at, transaction_id, line) AS running
        FROM ledger_entry e
        WHERE lot_id = p_lot AND place_id = p_place AND journal = p_journal AND hold = p_hold
          AND occurred_at >= p_day::timestamp AT TIME ZONE p_time_zone
          AND occurred_at < (p_day + 1)::timestamp AT TIME ZONE p_time_zone
    ) day_entries
    HAVING count(*) > 0
    ON CONFLICT (lot_id, place_id, journal, hold, customs_date) DO UPDATE SET
        quantity = EXCLUDED.quantity, net_mass_kg = EXCLUDED.net_mass_kg,
        customs_value_cny = EXCLUDED.customs_value_cny, duty_cny = EXCLUDED.duty_cny,
        consumption_tax_cny = EXCLUDED.consumption_tax_cny, vat_cny = EXCLUDED.vat_cny,
        lowest_quantity = EXCLUDED.lowest_quantity, lowest_is_exact = true
$$;

-- The first day since the given one on which each account, as it now reads, was below zero, or may have been where
-- the day's lowest quantity is only a bound: the quantity at any entry, the riding measures at the end of the day.
-- Reads daily movements back from the present balance.
CREATE FUNCTION ledger_past_shortages(
    p_lot bigint[], p_place bigint[], p_journal smallint[], p_hold smallint[], p_since date[]
) RETURNS TABLE (
    lot_id bigint, place_id bigint, journal smallint, hold smallint, customs_date date, lowest numeric, since date
) LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (day.lot_id, day.place_id, day.journal, day.hold) day.lot_id, day.place_id, day.journal,
        day.hold, day.customs_date, day.lowest, day.since
    FROM (
        SELECT a.*, m.customs_date,
            b.quantity - sum(m.quantity) OVER later + m.lowest_quantity AS lowest,
            least(
                b.net_mass_kg - sum(m.net_mass_kg) OVER later + m.net_mass_kg,
                b.customs_value_cny - sum(m.customs_value_cny) OVER later + m.customs_value_cny,
                b.duty_cny - sum(m.duty_cny) OVER later + m.duty_cny,
                b.consumption_tax_cny - sum(m.consumption_tax_cny) OVER later + m.consumption_tax_cny,
                b.vat_cny - sum(m.vat_cny) OVER later + m.vat_cny
            ) AS lowest_riding
        FROM unnest(p_lot, p_place, p_journal, p_hold, p_since) AS a(lot_id, place_id, journal, hold, since)
        JOIN ledger_balance b USING (lot_id, place_id, journal, hold)
        -- Sorted, so that it stays a query of its own, whose index scan begins at the day and not at the account's first.
        CROSS JOIN LATERAL (
            SELECT * FROM ledger_movement m
            WHERE m.lot_id = a.lot_id AND m.place_id = a.place_id AND m.journal = a.journal AND m.hold = a.hold
              AND m.customs_date >= a.since
            ORDER BY m.customs_date DESC
        ) m
        WINDOW later AS (PARTITION BY a.lot_id, a.place_id, a.journal, a.hold ORDER BY m.customs_date DESC)
    ) day
    WHERE day.lowest < 0 OR day.lowest_riding < 0
    ORDER BY day.lot_id, day.place_id, day.journal, day.hold, day.customs_date
$$;

-- Refuse when one of the accounts, each since its day, was below zero. Days whose lowest quantity is only a bound are
-- recomputed when, and only when, the bound would refuse.
CREATE FUNCTION ledger_refuse_past_shortage(
    p_lot bigint[], p_place bigint[], p_journal smallint[], p_hold smallint[], p_since date[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v record;
BEGIN
    SELECT * INTO v FROM ledger_past_shortages(p_lot, p_place, p_journal, p_hold, p_since) LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM ledger_rebuild_day(m.zone_id, m.lot_id, m.place_id, m.journal, m.hold, m.customs_date, z.time_zone)
    FROM ledger_past_shortages(p_lot, p_place, p_journal, p_hold, p_since) s
    JOIN ledger_movement m ON m.lot_id = s.lot_id AND m.place_id = s.place_id AND m.journal = s.journal
        AND m.hold = s.hold AND m.customs_date >= s.since AND NOT m.lowest_is_exact
    JOIN registry_zone z ON z.id = m.zone_id;
    SELECT * INTO v FROM ledger_past_shortages(p_lot, p_place, p_journal, p_hold, p_since) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The account would have been below zero on %', v.customs_date USING ERRCODE = 'BB005',
            DETAIL = json_build_object('posting', 1, 'lot', v.lot_id, 'place', v.place_id, 'hold', v.hold,
                'journal', v.journal, 'date', v.customs_date, 'lowest', v.lowest::text)::text;
    END IF;
END
$$;

-- What must be known of two accounts before goods can go from one to the other, with every account that has a balance
-- locked: where they lie, through which day one of their sites is closed, what the source holds, and whether one of
-- them has already moved later. Makes the target's balance where it is new.
CREATE FUNCTION ledger_lock_accounts(
    p_zone bigint, p_site bigint, p_occurred_at timestamptz, p_journal smallint, p_lot bigint, p_from bigint,
    p_from_hold smallint, p_to bigint, p_to_hold smallint,
    OUT customs_date date, OUT closed date, OUT from_internal boolean, OUT to_internal boolean, OUT quantity numeric,
    OUT net_mass_kg numeric, OUT customs_value_cny numeric, OUT duty_cny numeric, OUT consumption_tax_cny numeric,
    OUT vat_cny numeric, OUT late_from boolean, OUT late_to boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_to_exists boolean;
    v_from ledger_balance;
    v_to_last timestamptz;
BEGIN
    -- Reading ledger_period holds its ACCESS SHARE lock to the end of the transaction, so a closing, which takes
    -- ACCESS EXCLUSIVE, waits for us, and we see whatever was closed before we got it.
    SELECT f.is_internal, t.is_internal, (p_occurred_at AT TIME ZONE z.time_zone)::date,
        EXISTS (SELECT FROM ledger_balance b WHERE b.lot_id = p_lot AND b.place_id = p_to AND b.journal = p_journal
            AND b.hold = p_to_hold),
        (SELECT max(closed_through_date) FROM ledger_period WHERE site_id IN (p_site, f.site_id, t.site_id))
    INTO from_internal, to_internal, customs_date, v_to_exists, closed
    FROM registry_site s, registry_place f, registry_place t, ledger_lot l, registry_zone z
    WHERE s.id = p_site AND s.zone_id = p_zone AND f.id = p_from AND t.id = p_to AND l.id = p_lot
      AND l.zone_id = p_zone AND z.id = p_zone
      -- Nearly always both places are of the posting's own site, and nothing more is looked up.
      AND (f.site_id = p_site OR EXISTS (SELECT FROM registry_site WHERE id = f.site_id AND zone_id = p_zone))
      AND (t.site_id = p_site OR EXISTS (SELECT FROM registry_site WHERE id = t.site_id AND zone_id = p_zone));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Unknown zone, or a site, place or lot that is not in it' USING ERRCODE = 'BB004',
            DETAIL = json_build_object('posting', 1, 'leg', 1, 'lot', p_lot, 'from', p_from, 'to', p_to)::text;
    END IF;

    -- Lock in the one order that every posting uses: new accounts first, then lot, place, journal, hold.
    IF to_internal AND NOT v_to_exists THEN
        INSERT INTO ledger_balance (zone_id, lot_id, place_id, journal, hold, quantity, net_mass_kg, customs_value_cny,
            duty_cny, consumption_tax_cny, vat_cny, last_occurred_at)
        VALUES (p_zone, p_lot, p_to, p_journal, p_to_hold, 0, 0, 0, 0, 0, 0, '-infinity')
        ON CONFLICT DO NOTHING;
    END IF;
    IF to_internal AND (p_from, p_from_hold) > (p_to, p_to_hold) THEN
        SELECT last_occurred_at INTO v_to_last FROM ledger_balance b
        WHERE b.lot_id = p_lot AND b.place_id = p_to AND b.journal = p_journal AND b.hold = p_to_hold FOR UPDATE;
    END IF;
    IF from_internal THEN
        SELECT * INTO v_from FROM ledger_balance b
        WHERE b.lot_id = p_lot AND b.place_id = p_from AND b.journal = p_journal AND b.hold = p_from_hold FOR UPDATE;
    END IF;
    IF to_internal AND (p_from, p_from_hold) < (p_to, p_to_hold) THEN
        SELECT last_occurred_at INTO v_to_last FROM ledger_balance b
        WHERE b.lot_id = p_lot AND b.place_id = p_to AND b.journal = p_journal AND b.hold = p_to_hold FOR UPDATE;
    END IF;
    quantity := coalesce(v_from.quantity, 0);
    net_mass_kg := v_from.net_mass_kg;
    customs_value_cny := v_from.customs_value_cny;
    duty_cny := v_from.duty_cny;
    consumption_tax_cny := v_from.consumption_tax_cny;
    vat_cny := v_from.vat_cny;
    late_from := coalesce(v_from.last_occurred_at > p_occurred_at, false);
    late_to := coalesce(v_to_last > p_occurred_at, false);
END
$$;

-- Post one transaction of one leg. p_riding is NULL when mass and money ride pro rata on the source's
-- balance; otherwise {net mass, customs value, duty, consumption tax, VAT}.
CREATE FUNCTION ledger_post_one(
    p_zone bigint, p_site bigint, p_key text, p_hash bytea, p_kind text, p_document_kind text, p_document_id bigint,
    p_document_number text, p_occurred_at timestamptz, p_actor bigint, p_reason text, p_reversal_of bigint,
    p_journal smallint, p_lot bigint, p_from bigint, p_from_hold smallint, p_to bigint, p_to_hold smallint,
    p_quantity numeric, p_riding numeric[] DEFAULT NULL,
    OUT transaction_id bigint, OUT is_new boolean
) LANGUAGE plpgsql AS $$
DECLARE
    v record;
    v_known record;
    v_day date;
    v_quantity numeric(18, 5) := p_quantity;
    v_mass numeric(18, 5);
    v_value numeric(18, 2);
    v_duty numeric(18, 2);
    v_consumption_tax numeric(18, 2);
    v_vat numeric(18, 2);
    v_recorded_at timestamptz := clock_timestamp();
BEGIN
    -- Most postings move goods between two accounts that exist already, on a day that nobody in the zone has closed.
    -- Their balances vouch for lot and places, and FOR UPDATE locks them in the order in which it names them.
    -- See ledger_lock_accounts for why reading ledger_period, first of all, keeps a closing out.
    IF p_riding IS NULL THEN
        SELECT (p_occurred_at AT TIME ZONE z.time_zone)::date INTO v_day
        FROM registry_zone z
        JOIN registry_site s ON s.id = p_site AND s.zone_id = z.id
        WHERE z.id = p_zone AND NOT EXISTS (
            SELECT FROM ledger_period c
            WHERE c.zone_id = z.id AND c.closed_through_date >= (p_occurred_at AT TIME ZONE z.time_zone)::date
        );
    END IF;
    IF FOUND AND (p_from, p_from_hold) < (p_to, p_to_hold) THEN
        SELECT v_day AS customs_date, NULL::date AS closed, true AS from_internal, true AS to_internal, f.quantity,
            f.net_mass_kg, f.customs_value_cny, f.duty_cny, f.consumption_tax_cny, f.vat_cny,
            f.last_occurred_at > p_occurred_at AS late_from, t.last_occurred_at > p_occurred_at AS late_to
        INTO v
        FROM ledger_balance f
        JOIN ledger_balance t ON t.lot_id = p_lot AND t.place_id = p_to AND t.journal = p_journal
            AND t.hold = p_to_hold AND t.zone_id = p_zone
        WHERE f.lot_id = p_lot AND f.place_id = p_from AND f.journal = p_journal AND f.hold = p_from_hold
          AND f.zone_id = p_zone
        FOR UPDATE OF f, t;
    ELSIF FOUND THEN
        SELECT v_day AS customs_date, NULL::date AS closed, true AS from_internal, true AS to_internal, f.quantity,
            f.net_mass_kg, f.customs_value_cny, f.duty_cny, f.consumption_tax_cny, f.vat_cny,
            f.last_occurred_at > p_occurred_at AS late_from, t.last_occurred_at > p_occurred_at AS late_to
        INTO v
        FROM ledger_balance f
        JOIN ledger_balance t ON t.lot_id = p_lot AND t.place_id = p_to AND t.journal = p_journal
            AND t.hold = p_to_hold AND t.zone_id = p_zone
        WHERE f.lot_id = p_lot AND f.place_id = p_from AND f.journal = p_journal AND f.hold = p_from_hold
          AND f.zone_id = p_zone
        FOR UPDATE OF t, f;
    END IF;
    IF NOT FOUND THEN
        v := ledger_lock_accounts(p_zone, p_site, p_occurred_at, p_journal, p_lot, p_from, p_from_hold, p_to,
            p_to_hold);
    END IF;
    IF v_quantity <> p_quantity OR v_quantity <= 0 OR (p_from = p_to AND p_from_hold = p_to_hold) THEN
        RAISE EXCEPTION 'A quantity of % cannot be moved', p_quantity USING ERRCODE = 'BB006',
            DETAIL = json_build_object('posting', 1, 'leg', 1, 'quantity', p_quantity::text)::text;
    END IF;

    IF v.customs_date <= v.closed OR v.from_internal AND v.quantity < v_quantity THEN
        -- A repeated request is answered with what it did, even when it could no longer be done.
        SELECT t.id, t.request_hash INTO v_known FROM ledger_transaction t
        WHERE t.zone_id = p_zone AND t.idempotency_key = p_key;
        IF FOUND AND v_known.request_hash = p_hash THEN
            transaction_id := v_known.id; is_new := false;
            RETURN;
        ELSIF v.customs_date <= v.closed THEN
            RAISE EXCEPTION 'The period through % is closed', v.closed USING ERRCODE = 'BB002',
                DETAIL = json_build_object('posting', 1, 'date', v.customs_date, 'closed', v.closed)::text;
        END IF;
        RAISE EXCEPTION 'Not enough: % wanted, % there', v_quantity, v.quantity
            USING ERRCODE = 'BB001', DETAIL = json_build_object('posting', 1, 'leg', 1, 'lot', p_lot, 'place', p_from,
                'hold', p_from_hold, 'journal', p_journal, 'asked', v_quantity::text,
                'available', v.quantity::text)::text;
    END IF;

    IF p_riding IS NOT NULL THEN
        v_mass := p_riding[1]; v_value := p_riding[2]; v_duty := p_riding[3];
        v_consumption_tax := p_riding[4]; v_vat := p_riding[5];
        IF ARRAY[v_mass, v_value, v_duty, v_consumption_tax, v_vat] <> p_riding OR 0 > ANY (p_riding) THEN
            RAISE EXCEPTION '% cannot ride on a quantity', p_riding USING ERRCODE = 'BB007',
                DETAIL = json_build_object('posting', 1, 'leg', 1, 'figures', array_to_string(p_riding, ', '))::text;
        END IF;
    ELSIF v.from_internal THEN
        v_mass := ledger_share(v.net_mass_kg, v_quantity, v.quantity, 5);
        v_value := ledger_share(v.customs_value_cny, v_quantity, v.quantity, 2);
        v_duty := ledger_share(v.duty_cny, v_quantity, v.quantity, 2);
        v_consumption_tax := ledger_share(v.consumption_tax_cny, v_quantity, v.quantity, 2);
        v_vat := ledger_share(v.vat_cny, v_quantity, v.quantity, 2);
    ELSE
        RAISE EXCEPTION 'What comes from a boundary needs its mass and value stated' USING ERRCODE = 'BB007',
            DETAIL = json_build_object('posting', 1, 'leg', 1, 'figures', '')::text;
    END IF;

    -- One statement writes everything: each further statement of a function costs about as much as a row. What comes
    -- late lowers the rest of its day by what it takes, and so the day's lowest quantity by no more than that.
    WITH header AS (
        INSERT INTO ledger_transaction (zone_id, site_id, idempotency_key, request_hash, kind, document_kind,
            document_id, document_number, occurred_at, recorded_at, customs_date, actor_id, reason, reversal_of,
            database_transaction, leaf_hash)
        VALUES (p_zone, p_site, p_key, p_hash, p_kind, p_document_kind, p_document_id, p_document_number, p_occurred_at,
            v_recorded_at, v.customs_date, p_actor, p_reason, p_reversal_of, pg_current_xact_id()::text::bigint,
            ledger_leaf_hash(p_zone, p_site, p_key, p_kind, p_document_kind, p_document_id, p_document_number,
                p_occurred_at, v_recorded_at, p_actor, p_reason, p_reversal_of,
                ledger_entry_text(1, p_journal, p_from, p_lot, p_from_hold, -v_quantity, -v_mass, -v_value, -v_duty,
                    -v_consumption_tax, -v_vat)
                || ledger_entry_text(2, p_journal, p_to, p_lot, p_to_hold, v_quantity, v_mass, v_value, v_duty,
                    v_consumption_tax, v_vat)))
        ON CONFLICT (zone_id, idempotency_key) DO NOTHING
        RETURNING id
    ), side AS MATERIALIZED (
        SELECT header.id, s.*
        FROM header, (VALUES
            (1, p_from, p_from_hold, v.from_internal, NOT v.late_from, -v_quantity, -v_mass, -v_value, -v_duty,
                -v_consumption_tax, -v_vat),
            (2, p_to, p_to_hold, v.to_internal, NOT v.late_to, v_quantity, v_mass, v_value, v_duty, v_consumption_tax,
                v_vat)
        ) s(line, place, hold, is_internal, is_in_order, quantity, kg, value_cny, duty_cny, consumption_tax_cny,
            vat_cny)
    ), entry AS (
        INSERT INTO ledger_entry (transaction_id, line, zone_id, journal, place_id, lot_id, hold, occurred_at,
            recorded_at, quantity, net_mass_kg, customs_value_cny, duty_cny, consumption_tax_cny, vat_cny)
        SELECT id, line, p_zone, p_journal, place, p_lot, hold, p_occurred_at, v_recorded_at, quantity, kg, value_cny,
            duty_cny, consumption_tax_cny, vat_cny
        FROM side
    ), balance AS (
        UPDATE ledger_balance b SET quantity = b.quantity + side.quantity, net_mass_kg = b.net_mass_kg + side.kg,
            customs_value_cny = b.customs_value_cny + side.value_cny, duty_cny = b.duty_cny + side.duty_cny,
            consumption_tax_cny = b.consumption_tax_cny + side.consumption_tax_cny, vat_cny = b.vat_cny + side.vat_cny,
            last_occurred_at = greatest(b.last_occurred_at, p_occurred_at)
        FROM side
        WHERE side.is_internal AND b.lot_id = p_lot AND b.place_id = side.place AND b.journal = p_journal
          AND b.hold = side.hold
    ), movement AS (
        INSERT INTO ledger_movement AS m (zone_id, lot_id, place_id, journal, hold, customs_date, quantity,
            net_mass_kg, customs_value_cny, duty_cny, consumption_tax_cny, vat_cny, lowest_quantity, lowest_is_exact)
        SELECT p_zone, p_lot, place, p_journal, hold, v.customs_date, quantity, kg, value_cny, duty_cny,
            consumption_tax_cny, vat_cny, least(0, quantity), is_in_order
        FROM side WHERE is_internal
        ON CONFLICT (lot_id, place_id, journal, hold, customs_date) DO UPDATE SET
            quantity = m.quantity + EXCLUDED.quantity, net_mass_kg = m.net_mass_kg + EXCLUDED.net_mass_kg,
            customs_value_cny = m.customs_value_cny + EXCLUDED.customs_value_cny,
            duty_cny = m.duty_cny + EXCLUDED.duty_cny,
            consumption_tax_cny = m.consumption_tax_cny + EXCLUDED.consumption_tax_cny,
            vat_cny = m.vat_cny + EXCLUDED.vat_cny,
            lowest_quantity = CASE WHEN EXCLUDED.lowest_is_exact
                THEN least(m.lowest_quantity, m.quantity + EXCLUDED.lowest_quantity)
                ELSE m.lowest_quantity + EXCLUDED.lowest_quantity END,
            lowest_is_exact = m.lowest_is_exact AND EXCLUDED.lowest_is_exact
    )
    SELECT id INTO transaction_id FROM header;
    IF transaction_id IS NULL THEN
        SELECT t.id, t.request_hash INTO v_known FROM ledger_transaction t
        WHERE t.zone_id = p_zone AND t.idempotency_key = p_key;
        IF v_known.request_hash IS DISTINCT FROM p_hash THEN
            RAISE EXCEPTION 'The idempotency key was used for another request' USING ERRCODE = 'BB003',
                DETAIL = json_build_object('posting', 1, 'key', p_key)::text;
        END IF;
        transaction_id := v_known.id; is_new := false;
        RETURN;
    END IF;
    is_new := true;

    -- Who waited for the account is late by a moment: nothing of a later day is there, and the day itself tells enough.
    IF v.late_from THEN
        PERFORM FROM ledger_balance b
        JOIN ledger_movement m USING (lot_id, place_id, journal, hold)
        WHERE b.lot_id = p_lot AND b.place_id = p_from AND b.journal = p_journal AND b.hold = p_from_hold
          AND m.customs_date >= v.customs_date
        HAVING count(*) = 1 AND min(b.quantity - m.quantity + m.lowest_quantity) >= 0;
        IF NOT FOUND THEN
            PERFORM ledger_refuse_past_shortage(ARRAY[p_lot], ARRAY[p_from], ARRAY[p_journal], ARRAY[p_from_hold],
                ARRAY[v.customs_date]);
        END IF;
    END IF;
END
$$;

-- Post many transactions of many legs at once. Headers and legs come as parallel arrays; p_leg_posting is the
-- 1-based header of a leg, and p_leg_round orders legs that draw on an account that an earlier leg changed:
-- legs of one round are priced and posted together, so within a round an account is a source at most once
-- and is not yet anybody's target.
CREATE FUNCTION ledger_post_batch(
    p_zone bigint, p_actor bigint,
    p_site bigint[], p_key text[], p_hash bytea[], p_kind text[], p_document_kind text[], p_document_id bigint[],
    p_document_number text[], p_occurred_at timestamptz[], p_reason text[], p_reversal_of bigint[],
    p_leg_posting int[], p_leg_round int[], p_leg_journal smallint[], p_leg_lot bigint[], p_leg_from bigint[],
    p_leg_from_hold smallint[], p_leg_to bigint[], p_leg_to_hold smallint[], p_leg_quantity numeric[],
    p_leg_mass numeric[], p_leg_value numeric[], p_leg_duty numeric[], p_leg_consumption_tax numeric[],
    p_leg_vat numeric[]
) RETURNS TABLE (posting int, transaction_id bigint, is_new boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_bad record;
    v_time_zone text;
    v_recorded_at timestamptz := clock_timestamp();
    v_ids bigint[];
    v_new boolean[];
    v_before ledger_balance[];
    v record;
    v_late record;
    v_sequence regclass := pg_get_serial_sequence('ledger_transaction', 'id');
BEGIN
    -- See ledger_post_one for why this keeps a closing out. It comes before any account is locked, so that nobody
    -- who waits for a closing keeps another from ending.
    LOCK TABLE ledger_period IN ACCESS SHARE MODE;
    SELECT z.time_zone INTO v_time_zone FROM registry_zone z WHERE z.id = p_zone;

    SELECT g.*, (s.id + fs.id + ts.id + l.id) IS NOT NULL AND v_time_zone IS NOT NULL AS is_in_zone INTO v_bad
    FROM unnest(p_leg_posting, p_leg_lot, p_leg_from, p_leg_from_hold, p_leg_to, p_leg_to_hold, p_leg_quantity,
        p_leg_mass, p_leg_value, p_leg_duty, p_leg_consumption_tax, p_leg_vat) WITH ORDINALITY AS g(posting, lot,
        from_place, from_hold, to_place, to_hold, quantity, mass, value, duty, consumption_tax, vat, leg)
    LEFT JOIN registry_site s ON s.id = p_site[g.posting] AND s.zone_id = p_zone
    LEFT JOIN registry_place f ON f.id = g.from_place
    LEFT JOIN registry_site fs ON fs.id = f.site_id AND fs.zone_id = p_zone
    LEFT JOIN registry_place t ON t.id = g.to_place
    LEFT JOIN registry_site ts ON ts.id = t.site_id AND ts.zone_id = p_zone
    LEFT JOIN ledger_lot l ON l.id = g.lot AND l.zone_id = p_zone
    WHERE s.id IS NULL OR fs.id IS NULL OR ts.id IS NULL OR l.id IS NULL OR v_time_zone IS NULL
       OR (g.quantity > 0 AND g.quantity = round(g.quantity, 5)) IS NOT TRUE
       OR g.from_place = g.to_place AND g.from_hold = g.to_hold
       OR g.mass IS NULL AND NOT f.is_internal
       OR least(g.mass, g.value, g.duty, g.consumption_tax, g.vat) < 0
       OR (g.mass, g.value, g.duty, g.consumption_tax, g.vat) <> (round(g.mass, 5), round(g.value, 2),
            round(g.duty, 2), round(g.consumption_tax, 2), round(g.vat, 2))
    ORDER BY g.leg LIMIT 1;
    IF FOUND THEN
        IF (v_bad.quantity > 0 AND v_bad.quantity = round(v_bad.quantity, 5)) IS NOT TRUE
           OR v_bad.from_place = v_bad.to_place AND v_bad.from_hold = v_bad.to_hold THEN
            RAISE EXCEPTION 'A quantity of % cannot be moved', v_bad.quantity USING ERRCODE = 'BB006',
                DETAIL = json_build_object('posting', v_bad.posting, 'leg', v_bad.leg,
                    'quantity', v_bad.quantity::text)::text;
        END IF;
        IF v_bad.is_in_zone THEN
            RAISE EXCEPTION '% cannot ride on a quantity', v_bad.mass USING ERRCODE = 'BB007',
                DETAIL = json_build_object('posting', v_bad.posting, 'leg', v_bad.leg, 'figures', concat_ws(', ',
                    v_bad.mass, v_bad.value, v_bad.duty, v_bad.consumption_tax, v_bad.vat))::text;
        END IF;
        RAISE EXCEPTION 'Unknown zone, or a site, place or lot that is not in it'
            USING ERRCODE = 'BB004', DETAIL = json_build_object('posting', v_bad.posting, 'leg', v_bad.leg,
                'lot', v_bad.lot, 'from', v_bad.from_place, 'to', v_bad.to_place)::text;
    END IF;

    -- Every internal account of the batch exists and is locked in one order: lot, place, journal, hold.
    INSERT INTO ledger_balance (zone_id, lot_id, place_id, journal, hold, quantity, net_mass_kg, customs_value_cny,
        duty_cny, consumption_tax_cny, vat_cny, last_occurred_at)
    SELECT p_zone, a.lot, a.place, a.journal, a.hold, 0, 0, 0, 0, 0, 0, '-infinity'
    FROM (
        SELECT lot, place, journal, hold FROM unnest(p_leg_lot, p_leg_from, p_leg_journal, p_leg_from_hold)
            AS f(lot, place, journal, hold)
        UNION SELECT lot, place, journal, hold FROM unnest(p_leg_lot, p_leg_to, p_leg_journal, p_leg_to_hold)
            AS t(lot, place, journal, hold)
    ) a
    JOIN registry_place p ON p.id = a.place AND p.is_internal
    WHERE NOT EXISTS (SELECT FROM ledger_balance b WHERE b.lot_id = a.lot AND b.place_id = a.place
        AND b.journal = a.journal AND b.hold = a.hold)
    ORDER BY a.lot, a.place, a.journal, a.hold
    ON CONFLICT DO NOTHING;
    SELECT array_agg(locked.b) INTO v_before FROM (
        SELECT b FROM ledger_balance b
        WHERE (b.lot_id, b.place_id, b.journal, b.hold) IN (
            SELECT * FROM unnest(p_leg_lot, p_leg_from, p_leg_journal, p_leg_from_hold)
            UNION SELECT * FROM unnest(p_leg_lot, p_leg_to, p_leg_journal, p_leg_to_hold))
        ORDER BY b.lot_id, b.place_id, b.journal, b.hold
        FOR UPDATE
    ) locked;

    -- A repeated request is answered with what it did; the same key for another request is refused.
    -- Ids are drawn in the order of the postings: entries of one instant count in the order of their ids.
    SELECT array_agg(coalesce(known.id, nextval(v_sequence))),
        array_agg(known.id IS NULL)
    INTO v_ids, v_new
    FROM (
        SELECT k.id FROM unnest(p_key) WITH ORDINALITY AS h(key, n)
        LEFT JOIN ledger_transaction k ON k.zone_id = p_zone AND k.idempotency_key = h.key
        ORDER BY h.n
    ) known;
    SELECT h.n, h.key INTO v_bad
    FROM unnest(p_key, p_hash, v_ids, v_new) WITH ORDINALITY AS h(key, hash, id, fresh, n)
    JOIN ledger_transaction k ON k.id = h.id AND NOT h.fresh
    WHERE k.request_hash <> h.hash
    ORDER BY h.n LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The idempotency key was used for another request' USING ERRCODE = 'BB003',
            DETAIL = json_build_object('posting', v_bad.n, 'key', v_bad.key)::text;
    END IF;
    IF NOT (true = ANY (v_new)) THEN
        RETURN QUERY SELECT n::int, id, false FROM unnest(v_ids) WITH ORDINALITY AS u(id, n);
        RETURN;
    END IF;

    SELECT h.n, (h.occurred_at AT TIME ZONE v_time_zone)::date AS day, closed.through INTO v_bad
    FROM unnest(p_occurred_at, p_site, v_new) WITH ORDINALITY AS h(occurred_at, site, fresh, n)
    JOIN (
        SELECT g.posting, p.site_id FROM unnest(p_leg_posting, p_leg_from) AS g(posting, place)
        JOIN registry_place p ON p.id = g.place
        UNION SELECT g.posting, p.site_id FROM unnest(p_leg_posting, p_leg_to) AS g(posting, place)
        JOIN registry_place p ON p.id = g.place
        UNION SELECT n::int, site FROM unnest(p_site) WITH ORDINALITY AS s(site, n)
    ) touched ON touched.posting = h.n
    JOIN (
        SELECT site_id, max(closed_through_date) AS through FROM ledger_period GROUP BY site_id
    ) closed ON closed.site_id = touched.site_id
    WHERE h.fresh AND (h.occurred_at AT TIME ZONE v_time_zone)::date <= closed.through
    ORDER BY h.n LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The period through % is closed', v_bad.through USING ERRCODE = 'BB002',
            DETAIL = json_build_object('posting', v_bad.n, 'date', v_bad.day, 'closed', v_bad.through)::text;
    END IF;

    -- Each round is handed only its own legs: many that draw on one account, one after the other, are as many rounds.
    FOR v IN
        SELECT array_agg(posting ORDER BY leg) AS posting, array_agg(leg ORDER BY leg) AS leg,
            array_agg(nth ORDER BY leg) AS nth, array_agg(journal ORDER BY leg) AS journal,
            array_agg(lot ORDER BY leg) AS lot, array_agg(from_place ORDER BY leg) AS from_place,
            array_agg(from_hold ORDER BY leg) AS from_hold, array_agg(to_place ORDER BY leg) AS to_place,
            array_agg(to_hold ORDER BY leg) AS to_hold, array_agg(quantity ORDER BY leg) AS quantity,
            array_agg(mass ORDER BY leg) AS mass, array_agg(value ORDER BY leg) AS value,
            array_agg(duty ORDER BY leg) AS duty, array_agg(consumption_tax ORDER BY leg) AS consumption_tax,
            array_agg(vat ORDER BY leg) AS vat
        FROM (
            SELECT u.*, (row_number() OVER (PARTITION BY posting ORDER BY leg))::int AS nth
            FROM unnest(p_leg_posting, p_leg_round, p_leg_journal, p_leg_lot, p_leg_from, p_leg_from_hold, p_leg_to,
                p_leg_to_hold, p_leg_quantity, p_leg_mass, p_leg_value, p_leg_duty, p_leg_consumption_tax, p_leg_vat)
                WITH ORDINALITY AS u(posting, round, journal, lot, from_place, from_hold, to_place, to_hold, quantity,
                mass, value, duty, consumption_tax, vat, leg)
        ) g
        WHERE v_new[posting]
        GROUP BY round
        ORDER BY round
    LOOP
        SELECT g.*, coalesce(b.quantity, 0) AS available INTO v_bad
        FROM unnest(v.posting, v.leg, v.journal, v.lot, v.from_place, v.from_hold, v.quantity)
            AS g(posting, leg, journal, lot, place, hold, quantity)
        JOIN ledger_balance b
            ON b.lot_id = g.lot AND b.place_id = g.place AND b.journal = g.journal AND b.hold = g.hold
        WHERE b.quantity < g.quantity
        ORDER BY g.leg LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'Not enough: % wanted, % there', v_bad.quantity, v_bad.available
                USING ERRCODE = 'BB001', DETAIL = json_build_object('posting', v_bad.posting, 'leg', v_bad.leg,
                    'lot', v_bad.lot, 'place', v_bad.place, 'hold', v_bad.hold, 'journal', v_bad.journal,
                    'asked', v_bad.quantity::text, 'available', v_bad.available::text)::text;
        END IF;

        WITH leg AS MATERIALIZED (
            SELECT g.*,
                coalesce(g.mass, ledger_share(b.net_mass_kg, g.quantity, b.quantity, 5))::numeric(18, 5) AS kg,
                coalesce(g.value, ledger_share(b.customs_value_cny, g.quantity, b.quantity, 2))::numeric(18, 2)
                    AS value_cny,
                coalesce(g.duty, ledger_share(b.duty_cny, g.quantity, b.quantity, 2))::numeric(18, 2) AS duty_cny,
                coalesce(g.consumption_tax, ledger_share(b.consumption_tax_cny, g.quantity, b.quantity, 2))
                    ::numeric(18, 2) AS consumption_tax_cny,
                coalesce(g.vat, ledger_share(b.vat_cny, g.quantity, b.quantity, 2))::numeric(18, 2) AS vat_cny
            FROM unnest(v.posting, v.nth, v.journal, v.lot, v.from_place, v.from_hold, v.to_place, v.to_hold,
                v.quantity, v.mass, v.value, v.duty, v.consumption_tax, v.vat) AS g(posting, nth, journal, lot,
                from_place, from_hold, to_place, to_hold, quantity, mass, value, duty, consumption_tax, vat)
            LEFT JOIN ledger_balance b ON b.lot_id = g.lot AND b.place_id = g.from_place
                AND b.journal = g.journal AND b.hold = g.from_hold
        ), entry AS MATERIALIZED (
            SELECT v_ids[posting] AS id, 2 * nth - 1 AS line, journal, from_place AS place, lot, from_hold AS hold,
                p_occurred_at[posting] AS occurred_at, -quantity AS quantity, -kg AS kg, -value_cny AS value_cny,
                -duty_cny AS duty_cny, -consumption_tax_cny AS consumption_tax_cny, -vat_cny AS vat_cny
            FROM leg
            UNION ALL
            SELECT v_ids[posting], 2 * nth, journal, to_place, lot, to_hold, p_occurred_at[posting], quantity, kg,
                value_cny, duty_cny, consumption_tax_cny, vat_cny
            FROM leg
        ), posted AS (
            INSERT INTO ledger_entry (transaction_id, line, zone_id, journal, place_id, lot_id, hold, occurred_at,
                recorded_at, quantity, net_mass_kg, customs_value_cny, duty_cny, consumption_tax_cny, vat_cny)
            SELECT id, line, p_zone, journal, place, lot, hold, occurred_at, v_recorded_at, quantity, kg, value_cny,
                duty_cny, consumption_tax_cny, vat_cny
            FROM entry
        )
        UPDATE ledger_balance b SET quantity = b.quantity + d.quantity, net_mass_kg = b.net_mass_kg + d.kg,
            customs_value_cny = b.customs_value_cny + d.value_cny, duty_cny = b.duty_cny + d.duty_cny,
            consumption_tax_cny = b.consumption_tax_cny + d.consumption_tax_cny, vat_cny = b.vat_cny + d.vat_cny,
            last_occurred_at = greatest(b.last_occurred_at, d.occurred_at)
        FROM (
            SELECT journal, place, lot, hold, max(occurred_at) AS occurred_at, sum(quantity) AS quantity,
                sum(kg) AS kg, sum(value_cny) AS value_cny, sum(duty_cny) AS duty_cny,
                sum(consumption_tax_cny) AS consumption_tax_cny, sum(vat_cny) AS vat_cny
            FROM entry GROUP BY journal, place, lot, hold
        ) d
        WHERE b.lot_id = d.lot AND b.place_id = d.place AND b.journal = d.journal AND b.hold = d.hold;
    END LOOP;

    INSERT INTO ledger_transaction (id, zone_id, site_id, idempotency_key, request_hash, kind, document_kind,
        document_id, document_number, occurred_at, recorded_at, customs_date, actor_id, reason, reversal_of,
        database_transaction, leaf_hash)
    OVERRIDING SYSTEM VALUE
    SELECT h.id, p_zone, h.site, h.key, h.hash, h.kind, h.document_kind, h.document_id, h.document_number,
        h.occurred_at, v_recorded_at, (h.occurred_at AT TIME ZONE v_time_zone)::date, p_actor, h.reason, h.reversal_of,
        pg_current_xact_id()::text::bigint,
        ledger_leaf_hash(p_zone, h.site, h.key, h.kind, h.document_kind, h.document_id, h.document_number,
            h.occurred_at, v_recorded_at, p_actor, h.reason, h.reversal_of, e.entries)
    FROM unnest(v_ids, v_new, p_site, p_key, p_hash, p_kind, p_document_kind, p_document_id, p_document_number,
        p_occurred_at, p_reason, p_reversal_of) AS h(id, fresh, site, key, hash, kind, document_kind, document_id,
        document_number, occurred_at, reason, reversal_of)
    JOIN (
        SELECT e.transaction_id AS id, string_agg(ledger_entry_text(e.line, e.journal, e.place_id, e.lot_id, e.hold,
            e.quantity, e.net_mass_kg, e.customs_value_cny, e.duty_cny, e.consumption_tax_cny, e.vat_cny), ''
            ORDER BY e.line) AS entries
        FROM ledger_entry e WHERE e.transaction_id = ANY (v_ids) GROUP BY e.transaction_id
    ) e ON e.id = h.id
    WHERE h.fresh
    ORDER BY h.id;

    -- Each account's movements of each day, and which accounts were moved late or not in the order of time.
    WITH fresh AS MATERIALIZED (
        SELECT e.*, (e.occurred_at AT TIME ZONE v_time_zone)::date AS day,
            e.occurred_at < b.last_occurred_at AS is_late,
            sum(e.quantity) OVER (
                PARTITION BY e.lot_id, e.place_id, e.journal, e.hold, (e.occurred_at AT TIME ZONE v_time_zone)::date
                ORDER BY e.occurred_at, e.transaction_id, e.line
            ) AS running,
            e.occurred_at < lag(e.occurred_at) OVER (
                PARTITION BY e.lot_id, e.place_id, e.journal, e.hold ORDER BY e.transaction_id, e.line
            ) AS is_before_previous
        FROM ledger_entry e
        JOIN unnest(v_ids, v_new) AS h(id, fresh) ON h.id = e.transaction_id AND h.fresh
        JOIN unnest(v_before) AS b
            ON b.lot_id = e.lot_id AND b.place_id = e.place_id AND b.journal = e.journal AND b.hold = e.hold
    ), moved AS (
        INSERT INTO ledger_movement AS m (zone_id, lot_id, place_id, journal, hold, customs_date, quantity, net_mass_kg,
            customs_value_cny, duty_cny, consumption_tax_cny, vat_cny, lowest_quantity, lowest_is_exact)
        SELECT p_zone, lot_id, place_id, journal, hold, day, sum(quantity), sum(net_mass_kg), sum(customs_value_cny),
            sum(duty_cny), sum(consumption_tax_cny), sum(vat_cny),
            CASE WHEN bool_or(is_late) THEN sum(least(quantity, 0)) ELSE least(0, min(running)) END,
            NOT bool_or(is_late)
        FROM fresh
        GROUP BY lot_id, place_id, journal, hold, day
        ORDER BY lot_id, place_id, journal, hold, day
        ON CONFLICT (lot_id, place_id, journal, hold, customs_date) DO UPDATE SET
            quantity = m.quantity + EXCLUDED.quantity, net_mass_kg = m.net_mass_kg + EXCLUDED.net_mass_kg,
            customs_value_cny = m.customs_value_cny + EXCLUDED.customs_value_cny,
            duty_cny = m.duty_cny + EXCLUDED.duty_cny,
            consumption_tax_cny = m.consumption_tax_cny + EXCLUDED.consumption_tax_cny,
            vat_cny = m.vat_cny + EXCLUDED.vat_cny,
            lowest_quantity = CASE WHEN EXCLUDED.lowest_is_exact
                THEN least(m.lowest_quantity, m.quantity + EXCLUDED.lowest_quantity)
                ELSE m.lowest_quantity + EXCLUDED.lowest_quantity END,
            lowest_is_exact = m.lowest_is_exact AND EXCLUDED.lowest_is_exact
    )
    SELECT array_agg(a.lot_id) AS lots, array_agg(a.place_id) AS places, array_agg(a.journal) AS journals,
        array_agg(a.hold) AS holds, array_agg(a.day) AS days
    INTO v_late
    FROM (
        SELECT lot_id, place_id, journal, hold, min(day) AS day FROM fresh
        GROUP BY lot_id, place_id, journal, hold
        HAVING bool_or(is_late OR is_before_previous) AND min(quantity) < 0
    ) a;
    IF v_late.lots IS NOT NULL THEN
        PERFORM ledger_refuse_past_shortage(v_late.lots, v_late.places, v_late.journals, v_late.holds, v_late.days);
    END IF;

    RETURN QUERY SELECT n::int, id, fresh FROM unnest(v_ids, v_new) WITH ORDINALITY AS u(id, fresh, n);
END
$$;
