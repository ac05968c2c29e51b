"""Years of a ledger, made month by month: entries, the daily movements and balances that follow, and closed periods.

Rows are made by set-based statements, because post() would take an hour. Triggers and checks are on, leaf hashes are
real, and sums are compared at the end.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from bench.sizes import HISTORY_ACCOUNTS
from bench.yard import PER_UNIT, Yard, open_yard
from ledger.operations.close import close_period

CUSTOMS_TIME = ZoneInfo("Asia/Shanghai")
BINS = 10
ENTRIES_PER_TRANSACTION = 2.4
"""Eight of ten transactions relocate (two entries); one brings goods in and one takes them out, in both journals."""

# What each transaction does follows from its id, evenly over kinds and accounts and alike in every run.
_MADE = """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT id, %(first_lot)s + chance_of_lot %% %(lots)s AS lot, %(first_bin)s + chance_of_bin %% %(bins)s AS bin,
    %(first_bin)s + (chance_of_bin + 1 + chance_of_lot %% (%(bins)s - 1)) %% %(bins)s AS other_bin, occurred_at,
    CASE chance_of_kind %% 10 WHEN 0 THEN 'returned' WHEN 1 THEN 're_exported' ELSE 'relocated' END AS kind
FROM (
    SELECT id, hashint8extended(id, 1) & 1073741823 AS chance_of_kind,
        hashint8extended(id, 2) & 1073741823 AS chance_of_lot, hashint8extended(id, 3) & 1073741823 AS chance_of_bin,
        %(began_at)s::timestamptz + (%(ended_at)s::timestamptz - %(began_at)s::timestamptz) * n / %(count)s
            AS occurred_at
    FROM (
        SELECT n, nextval(pg_get_serial_sequence('ledger_transaction', 'id')) AS id
        FROM generate_series(0, %(count)s - 1) AS n
    ) numbered
) drawn
"""
_ENTRIES = """
INSERT INTO ledger_entry (transaction_id, line, zone_id, journal, place_id, lot_id, hold, occurred_at, recorded_at,
    quantity, net_mass_kg, customs_value_cny, duty_cny, consumption_tax_cny, vat_cny)
SELECT t.id, side.line, %(zone)s, side.journal, side.place, t.lot, 1, t.occurred_at,
    t.occurred_at + interval '1 minute',
    side.sign, side.sign * %(mass)s, side.sign * %(value)s, side.sign * %(duty)s, 0, side.sign * %(vat)s
FROM made t
CROSS JOIN LATERAL (VALUES
    (1, 1, CASE t.kind WHEN 'returned' THEN %(abroad)s ELSE t.bin END, -1),
    (2, 1, CASE t.kind WHEN 're_exported' THEN %(abroad)s ELSE t.other_bin END, 1),
    (3, 2, CASE t.kind WHEN 'returned' THEN %(abroad)s ELSE %(book)s END, -1),
    (4, 2, CASE t.kind WHEN 'returned' THEN %(book)s ELSE %(abroad)s END, 1)
) AS side(line, journal, place, sign)
WHERE side.line <= 2 OR t.kind <> 'relocated'
ORDER BY t.id, side.line
"""
_TRANSACTIONS = """
INSERT INTO ledger_transaction (id, zone_id, site_id, idempotency_key, request_hash, kind, document_kind, document_id,
    document_number, occurred_at, recorded_at, customs_date, reason, database_transaction, leaf_hash)
SELECT t.id, %(zone)s, %(site)s, 'history-' || t.id, sha256(t.id::text::bytea), t.kind, 'bench', t.id, 'H-' || t.id,
    t.occurred_at, e.recorded_at, (t.occurred_at AT TIME ZONE 'Asia/Shanghai')::date, '',
    pg_current_xact_id()::text::bigint,
    ledger_leaf_hash(%(zone)s, %(site)s, 'history-' || t.id, t.kind, 'bench', t.id, 'H-' || t.id, t.occurred_at,
        e.recorded_at, NULL, '', NULL, e.entries)
FROM made t
JOIN (
    SELECT transaction_id, max(recorded_at) AS recorded_at,
        string_agg(ledger_entry_text(line, journal, place_id, lot_id, hold, quantity, net_mass_kg, customs_value_cny,
            duty_cny, consumption_tax_cny, vat_cny), '' ORDER BY line) AS entries
    FROM ledger_entry
    WHERE occurred_at >= %(began_at)s AND occurred_at < %(ended_at)s
    GROUP BY transaction_id
) e ON e.transaction_id = t.id
ORDER BY t.id
"""
_MOVEMENTS = """
INSERT INTO ledger_movement (zone_id, lot_id, place_id, journal, hold, customs_date, quantity, net_mass_kg,
    customs_value_cny, duty_cny, consumption_tax_cny, vat_cny, lowest_quantity, lowest_is_exact)
SELECT zone_id, lot_id, place_id, journal, hold, customs_date, sum(quantity), sum(net_mass_kg), sum(customs_value_cny),
    sum(duty_cny), sum(consumption_tax_cny), sum(vat_cny), least(0, min(running)), true
FROM (
    SELECT e.*, (e.occurred_at AT TIME ZONE 'Asia/Shanghai')::date AS customs_date,
        sum(e.quantity) OVER (
            PARTITION BY e.lot_id, e.place_id, e.journal, e.hold, (e.occurred_at AT TIME ZONE 'Asia/Shanghai')::date
            ORDER BY e.occurred_at, e.transaction_id, e.line
        ) AS running
    FROM ledger_entry e
    WHERE e.place_id <> %(abroad)s AND e.occurred_at >= %(began_at)s AND e.occurred_at < %(ended_at)s
) e
GROUP BY zone_id, lot_id, place_id, journal, hold, customs_date
"""
_BALANCES = """
UPDATE ledger_balance b SET quantity = b.quantity + m.quantity, net_mass_kg = b.net_mass_kg + m.net_mass_kg,
    customs_value_cny = b.customs_value_cny + m.customs_value_cny, duty_cny = b.duty_cny + m.duty_cny,
    vat_cny = b.vat_cny + m.vat_cny, last_occurred_at = m.last_occurred_at
FROM (
    SELECT lot_id, place_id, journal, hold, sum(quantity) AS quantity, sum(net_mass_kg) AS net_mass_kg,
        sum(customs_value_cny) AS customs_value_cny, sum(duty_cny) AS duty_cny, sum(vat_cny) AS vat_cny,
        max(occurred_at) AS last_occurred_at
    FROM ledger_entry
    WHERE occurred_at >= %(began_at)s AND occurred_at < %(ended_at)s
    GROUP BY lot_id, place_id, journal, hold
) m
WHERE m.lot_id = b.lot_id AND m.place_id = b.place_id AND m.journal = b.journal AND m.hold = b.hold
"""
_DIFFERENCES = """
SELECT count(*) FROM (
    SELECT lot_id, place_id, journal, hold, sum(quantity) AS quantity, sum(customs_value_cny) AS value
    FROM ledger_entry WHERE place_id <> %(abroad)s GROUP BY lot_id, place_id, journal, hold
) e
FULL JOIN (
    SELECT lot_id, place_id, journal, hold, sum(quantity) AS quantity, sum(customs_value_cny) AS value
    FROM ledger_movement GROUP BY lot_id, place_id, journal, hold
) m USING (lot_id, place_id, journal, hold)
FULL JOIN ledger_balance b USING (lot_id, place_id, journal, hold)
WHERE (e.quantity, e.value) IS DISTINCT FROM (b.quantity, b.customs_value_cny)
   OR (m.quantity, m.value) IS DISTINCT FROM (b.quantity, b.customs_value_cny)
"""


@dataclass
class History:
    """A yard's ledger, made month by month.

    Args:
        first_month: the first day of the first month that is made.
    """

    yard: Yard
    entries_a_month: int
    first_month: date
    months: int = 0

    @property
    def end(self) -> date:
        """The day after the last day that is made."""
        return add_months(self.first_month, self.months)

    def entries(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_entry")
            (entries,) = cursor.fetchone()
        return int(entries)

    def grow(self, months: int) -> None:
        """Make as many months as are missing, and close all but the last one.

        Raises:
            RuntimeError: balances, movements and entries do not say the same.
        """
        while self.months < months:
            began = self.end
            self.months += 1
            self._make(began, self.end)
            if self.months > 1:
                close_period(
                    site_id=self.yard.site, through=began - timedelta(days=1), actor_id=None, at=datetime.now(UTC)
                )
        self._check()

    def _make(self, began: date, ended: date) -> None:
        ids = self.yard.ids() | {
            "lots": self.yard.last_lot - self.yard.first_lot + 1,
            "bins": self.yard.last_bin - self.yard.first_bin + 1,
            "began_at": _midnight(began),
            "ended_at": _midnight(ended),
            "count": round(self.entries_a_month / ENTRIES_PER_TRANSACTION),
            "mass": PER_UNIT.net_mass_kg,
            "value": PER_UNIT.customs_value_cny,
            "duty": PER_UNIT.duty_cny,
            "vat": PER_UNIT.vat_cny,
        }
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (_MADE, _ENTRIES, _TRANSACTIONS, _MOVEMENTS, _BALANCES):
                cursor.execute(statement, ids)

    def _check(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_DIFFERENCES, self.yard.ids())
            (differences,) = cursor.fetchone()
            if differences:
                raise RuntimeError(f"{differences} accounts of the made ledger do not add up.")
            cursor.execute("VACUUM (ANALYZE)")


def made_history(*, entries_a_month: int, months: int) -> History:
    """A new yard in the present database, with a history that ends with the month before the present one."""
    first_month = add_months(datetime.now(CUSTOMS_TIME).date(), -months)
    yard = open_yard(bins=BINS, lots=HISTORY_ACCOUNTS // BINS, opened_at=_midnight(first_month) - timedelta(hours=1))
    history = History(yard, entries_a_month, first_month)
    history.grow(months)
    return history


def add_months(day: date, months: int) -> date:
    """The first day of the month that many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), CUSTOMS_TIME)
