"""What pgbench sends: RAW, the yardstick, and the posting function.

RAW writes the rows of a posting by one statement into bare tables. They have the columns, the indexes and the page
fill of the ledger's; they have none of its triggers and checks, and nothing is looked up, priced, hashed or compared
before it is written.
"""

from django.db import connection

_RAW_TABLES = """
CREATE TABLE raw_transaction (LIKE ledger_transaction INCLUDING IDENTITY INCLUDING INDEXES);
CREATE TABLE raw_entry (LIKE ledger_entry INCLUDING INDEXES);
CREATE TABLE raw_balance (LIKE ledger_balance INCLUDING INDEXES) WITH (fillfactor = 70);
INSERT INTO raw_balance SELECT * FROM ledger_balance;
"""

# Two different bins that hold the same lot, and a key that no posting had before.
_DRAW = r"""
\set lot random(:first_lot, :last_lot)
\set bins :last_bin - :first_bin + 1
\set from :first_bin + random(0, :bins - 1)
\set to :first_bin + (:from - :first_bin + random(1, :bins - 1)) % :bins
\set number random(1, 9000000000000000000)
"""

# Always towards the higher place: balances locked in no order would meet deadlocks.
RAW = (
    _DRAW
    + r"""
\set low least(:from, :to)
\set high greatest(:from, :to)
WITH header AS (
    INSERT INTO raw_transaction (zone_id, site_id, idempotency_key, request_hash, kind, document_kind, document_id,
        document_number, occurred_at, recorded_at, customs_date, actor_id, reason, reversal_of, database_transaction,
        leaf_hash)
    VALUES (:zone, :site, 'key-' || :number, '\x2f7c1d64a9e05b3872c6f1d94e8ba03552e7c90d1fa8643bb5d2e96f70c4381a',
        'relocated', 'bench', 1, 'B-1', now(), now(), current_date, NULL, '', NULL, 1,
        '\x913be84c5df2a06711c8d90f6ae3427b58d4f1c09ab2673ee1805c9d7f24b6a0')
    RETURNING id
), entry AS (
    INSERT INTO raw_entry (transaction_id, line, zone_id, journal, place_id, lot_id, hold, occurred_at, recorded_at,
        quantity, net_mass_kg, customs_value_cny, duty_cny, consumption_tax_cny, vat_cny)
    VALUES
        ((SELECT id FROM header), 1, :zone, 1, :low, :lot, 1, now(), now(), -1.00000, -1.00000, -12.50, -1.00, 0,
            -1.75),
        ((SELECT id FROM header), 2, :zone, 1, :high, :lot, 1, now(), now(), 1.00000, 1.00000, 12.50, 1.00, 0, 1.75)
)
INSERT INTO raw_balance AS b (zone_id, lot_id, place_id, journal, hold, quantity, net_mass_kg, customs_value_cny,
    duty_cny, consumption_tax_cny, vat_cny, last_occurred_at)
VALUES
    (:zone, :lot, :low, 1, 1, -1.00000, -1.00000, -12.50, -1.00, 0, -1.75, now()),
    (:zone, :lot, :high, 1, 1, 1.00000, 1.00000, 12.50, 1.00, 0, 1.75, now())
ON CONFLICT (lot_id, place_id, journal, hold) DO UPDATE SET
    quantity = b.quantity + EXCLUDED.quantity, net_mass_kg = b.net_mass_kg + EXCLUDED.net_mass_kg,
    customs_value_cny = b.customs_value_cny + EXCLUDED.customs_value_cny, duty_cny = b.duty_cny + EXCLUDED.duty_cny,
    consumption_tax_cny = b.consumption_tax_cny + EXCLUDED.consumption_tax_cny, vat_cny = b.vat_cny + EXCLUDED.vat_cny,
    last_occurred_at = EXCLUDED.last_occurred_at;
"""
)

_CALL = r"""
SELECT ledger_post_one(:zone, :site, 'key-' || :number,
    '\x2f7c1d64a9e05b3872c6f1d94e8ba03552e7c90d1fa8643bb5d2e96f70c4381a', {kind}, 'bench', 1, 'B-1', now(), NULL, '',
    NULL, 1::smallint, :lot, {source}, 1::smallint, :to, 1::smallint, 1.00000, {riding});
"""
RELOCATE = _DRAW + _CALL.format(kind="'relocated'", source=":from", riding="NULL")
ADMIT = _DRAW + _CALL.format(kind="'admitted'", source=":abroad", riding="ARRAY[1.00000, 12.50, 1.00, 0.00, 1.75]")


def make_raw_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RAW_TABLES)
