"""What fuel costs: tickets beside the ledger's own posting of the same kilograms, long statements beside short ones."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from statistics import median
from uuid import uuid4

from bench import workers
from bench.history import CUSTOMS_TIME, add_months
from bench.measure import Rate, Row, attempted, beside_raw, failed
from bench.serving import serving, token_of_operator
from bench.sizes import API_BATCH, BATCH, PROCESSES, Sizes
from bench.stating import ISSUE, PAGE, Act, measured
from bench.tank_farm import LONG, SHORT, TankFarm, csv_of, open_tank_farm
from bench.ticketing import new_ticket
from fuel.billing.statements.operations import issue_statement
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.delivery_tickets.operations.tickets import record_ticket, sign_ticket
from ledger.models import Journal, MovementKind
from ledger.operations import post
from ledger.postings import Account, Document, Leg, Posting
from ledger.queries import stock_in
from registry.models import Airline, Place, PlaceKind

TICKETS = "tickets/s"
UPLIFTS = "uplifts/s"
MEGABYTE = 1_000_000
ONE_BY_ONE = "post() one by one"
AT_ONCE = f"post() of {BATCH:,} at once"
FILES = ("csv", "xlsx", "json", "xml")


def fuelling_rows(sizes: Sizes) -> Iterator[Row]:
    """Tickets first, while the tank farm is young; then two statements of last month, a short one and a long one."""
    first = add_months(datetime.now(CUSTOMS_TIME).date(), -1)
    last = add_months(first, 1) - timedelta(days=1)
    farm = open_tank_farm(first=first)
    with serving() as address:
        api = (address, token_of_operator(site=farm.site, at=datetime.now(UTC)))
        yield from Intake(farm, sizes, api).rows()
    for iata_code, uplifts in zip((SHORT, LONG), sizes.uplifts, strict=True):
        farm.lift(iata_code, uplifts, first=first, last=last, at=datetime.now(UTC))
    yield from _statement_rows(farm, sizes, first, last)


@dataclass(frozen=True)
class Intake:
    """Everything that the measurements of tickets share."""

    farm: TankFarm
    sizes: Sizes
    api: tuple[str, str]

    def rows(self) -> Iterator[Row]:
        """Tickets one by one beside single postings, and many at once beside a batch of postings."""
        yield from self._beside(
            ("fuel_post_singly", ONE_BY_ONE, self._posted_singly),
            {
                "entered": ("a ticket entered and signed, 1 process", self._entered),
                "api_single": (f"REST API, one signed ticket per request, {PROCESSES} clients", self._api(batch=1)),
            },
        )
        yield from self._beside(
            ("fuel_post_at_once", AT_ONCE, self._posted),
            {
                "taken_in": (f"{BATCH:,} signed tickets taken in at once", lambda: self._taken_in(read=False)),
                "file": (f"a CSV file of {BATCH:,} tickets read and taken in", lambda: self._taken_in(read=True)),
                "api_batch": (f"REST API, {API_BATCH} per request, {PROCESSES} clients", self._api(batch=API_BATCH)),
            },
        )

    def _beside(self, bare: tuple[str, str, Rate], told: dict[str, tuple[str, Rate]]) -> Iterator[Row]:
        code, against, rate_of_bare = bare
        bare = median(rate_of_bare() for _ in range(self.sizes.rounds))
        yield Row(code, f"{against}, of one lot out of one tank", "postings/s", bare, 1.0, against=against)
        rates = {name: rate for name, (_title, rate) in told.items()}
        for name, one in beside_raw(rate_of_bare, rates, rounds=self.sizes.rounds):
            title = told[name][0]
            if isinstance(one, Exception):
                yield failed(f"ticket_{name}", title, one)
            else:
                yield Row(f"ticket_{name}", title, TICKETS, one.rate, one.ratio, one.spread, against)

    def _posted_singly(self) -> float:
        return self._repeated(lambda: self._post(1), 1)

    def _posted(self) -> float:
        return self._repeated(lambda: self._post(BATCH), BATCH)

    def _post(self, count: int) -> None:
        """What a ticket of one lot does to the ledger, and nothing else."""
        (held, *_more) = stock_in(place_ids=[self.farm.tank.place_id])
        abroad = Place.objects.get(site=self.farm.site, kind=PlaceKind.ABROAD)
        leg = Leg(Journal.STOCK, held.lot_id, Account(held.place_id), Account(abroad.pk), Decimal(1))
        postings = [
            Posting(
                idempotency_key=str(uuid4()),
                kind=MovementKind.RE_EXPORTED,
                site_id=self.farm.site.pk,
                document=Document("bench", 1, "B-1"),
                occurred_at=datetime.now(UTC),
                legs=(leg,),
            )
            for _ in range(count)
        ]
        post(zone_id=self.farm.site.zone_id, actor_id=None, postings=postings)

    def _entered(self) -> float:
        chance = random.Random()

        def enter() -> None:
            (details,) = self.farm.read(csv_of([new_ticket(chance)]))
            at, operator = datetime.now(UTC), self.farm.operator
            ticket = record_ticket(site=self.farm.site, details=details, actor=operator, at=at, request_key=uuid4())
            sign_ticket(ticket=ticket, actor=operator, at=at)

        return self._repeated(enter, 1)

    def _taken_in(self, *, read: bool) -> float:
        chance = random.Random()
        content = csv_of(new_ticket(chance) for _ in range(BATCH))
        began = time.perf_counter()
        details = self.farm.read(content)
        if not read:
            began = time.perf_counter()
        take_in_tickets(site=self.farm.site, details=details, actor=self.farm.operator, at=datetime.now(UTC))
        return BATCH / (time.perf_counter() - began)

    def _api(self, *, batch: int) -> Rate:
        arguments = [*self.api, str(batch), str(self.sizes.seconds)]
        return lambda: workers.rate("bench.ticketing", arguments, processes=PROCESSES)

    def _repeated(self, work: Callable[[], None], count: int) -> float:
        began, calls = time.perf_counter(), 0
        while (passed := time.perf_counter() - began) < self.sizes.seconds or not calls:
            work()
            calls += 1
        return calls * count / passed


def _statement_rows(farm: TankFarm, sizes: Sizes, first: date, last: date) -> Iterator[Row]:
    """Issued, then written in every format and read on its page: each by a short statement and a long one in turn."""
    title = "a statement issued"
    yield from attempted("statement_issue", title, partial(_act_rows, ISSUE, title, sizes, first, last))
    for iata_code in (SHORT, LONG):
        issue_statement(
            site=farm.site,
            airline=Airline.objects.get(iata_code=iata_code),
            from_date=first,
            through_date=last,
            actor=farm.supervisor,
            at=datetime.now(UTC),
            request_key=uuid4(),
        )
    for suffix in FILES:
        title = f"its {suffix.upper()} file"
        yield from attempted(f"statement_{suffix}", title, partial(_act_rows, suffix, title, sizes, first, last))
    yield from attempted("statement_pdf", "its PDF file", lambda: [_pdf_row(sizes, first, last)])
    yield from attempted("statement_page", "its page", lambda: _page_rows(sizes, first, last))


def _act_rows(act: str, title: str, sizes: Sizes, first: date, last: date) -> Iterator[Row]:
    short, long = sizes.uplifts
    turns = [_turn(act, first, last) for _ in range(sizes.statements)]
    growth = [(b.seconds / long) / (a.seconds / short) for a, b in turns]
    memory = [b.grown_bytes / a.grown_bytes for a, b in turns]
    against = f"{short:,} uplifts"
    yield Row(
        f"statement_{act}_short",
        f"{title}, {short:,} uplifts",
        UPLIFTS,
        median(short / a.seconds for a, _b in turns),
        1.0,
        against=against,
    )
    yield Row(
        f"statement_{act}_long",
        f"{title}, {long:,} uplifts: cost of each",
        UPLIFTS,
        median(long / b.seconds for _a, b in turns),
        median(growth),
        (min(growth), max(growth)),
        against=against,
        target=1.3,
        is_ceiling=True,
    )
    yield Row(
        f"statement_{act}_memory",
        f"{title}, {long:,} uplifts: memory",
        "MB",
        median(b.grown_bytes for _a, b in turns) / MEGABYTE,
        median(memory),
        (min(memory), max(memory)),
        against=against,
        target=None if act == ISSUE else 1.5,
        is_ceiling=True,
    )


def _pdf_row(sizes: Sizes, first: date, last: date) -> Row:
    """Only the short one: typst lays out a document when it knows all of it."""
    taken = [measured("pdf", SHORT, first, last) for _ in range(sizes.statements)]
    return Row(
        "statement_pdf",
        f"its PDF file, {sizes.uplifts[0]:,} uplifts",
        UPLIFTS,
        median(sizes.uplifts[0] / one.seconds for one in taken),
    )


def _page_rows(sizes: Sizes, first: date, last: date) -> Iterator[Row]:
    turns = [_turn(PAGE, first, last) for _ in range(sizes.statements)]
    short, long = sizes.uplifts
    growth = [b.seconds / a.seconds for a, b in turns]
    taken = [median(turn[number].seconds for turn in turns) * 1_000 for number in range(2)]
    against = f"{short:,} uplifts"
    yield Row("statement_page_short", f"its page, {short:,} uplifts", "ms", taken[0], 1.0, against=against)
    yield Row(
        "statement_page_long",
        f"its page, {long:,} uplifts",
        "ms",
        taken[1],
        median(growth),
        (min(growth), max(growth)),
        against=against,
    )


def _turn(act: str, first: date, last: date) -> tuple[Act, Act]:
    return measured(act, SHORT, first, last), measured(act, LONG, first, last)
