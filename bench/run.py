"""One run of the benchmark, from an empty server to the table of ratios."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (needs the settings)
from django.db import connection  # noqa: E402

from bench import results  # noqa: E402
from bench.databases import new_database, prepared_peers  # noqa: E402
from bench.fuelling import fuelling_rows  # noqa: E402
from bench.history import made_history  # noqa: E402
from bench.measure import Row, attempted  # noqa: E402
from bench.measuring import measuring_rows  # noqa: E402
from bench.pgbench import Pgbench  # noqa: E402
from bench.reading import Ledger, reading_rows  # noqa: E402
from bench.scripts import make_raw_tables  # noqa: E402
from bench.serving import serving, token_of_operator  # noqa: E402
from bench.sizes import FULL, QUICK, Sizes  # noqa: E402
from bench.writing import Writing  # noqa: E402
from bench.yard import open_yard  # noqa: E402
from config.embedded import Services  # noqa: E402
from registry.models import Site  # noqa: E402


def run(services: Services, *, is_quick: bool, only: str | None) -> int:
    """Measure, print and write row by row; 1 when a promise is not kept or something failed."""
    sizes = QUICK if is_quick else FULL
    results.require_durable()
    written = results.Results(is_quick=is_quick)
    print(f"Written row by row to {written.path}")
    print(results.HEADING, flush=True)
    for row in _rows(services, sizes, only):
        written.add(row)
        print(results.line(row), flush=True)
    written.close()
    return exit_code(written.rows, is_quick=is_quick)


def exit_code(rows: Sequence[Row], *, is_quick: bool) -> int:
    """0 when every promise is kept and nothing failed; a quick run promises nothing, but a part may fail in it."""
    is_kept = not any(row.failure for row in rows)
    if not is_quick:
        is_kept = is_kept and all(row.holds is not False for row in rows)
    return 0 if is_kept else 1


def _rows(services: Services, sizes: Sizes, only: str | None) -> Iterator[Row]:
    parts: dict[str, Callable[[], Iterable[Row]]] = {
        "writing": lambda: _writing(services, sizes),
        "reading": lambda: _reading(services, sizes),
        "measuring": lambda: measuring_rows(sizes),
        "fuel": lambda: _fuelling(services, sizes),
    }
    for name, part in parts.items():
        if only in (None, name):
            yield from attempted(f"part_{name}", f"the part “{name}”, or the rest of it", part)


def _writing(services: Services, sizes: Sizes) -> Iterator[Row]:
    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    yard = open_yard(bins=sizes.bins, lots=sizes.lots, opened_at=now - timedelta(days=60))
    make_raw_tables()
    token = token_of_operator(site=Site.objects.get(pk=yard.site), at=now)
    peers = prepared_peers(beside=services.owner_url)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    with ExitStack() as stack:
        api: tuple[str, str] | RuntimeError
        try:
            api = (stack.enter_context(serving()), token)
        except RuntimeError as silent:
            # Only the API's own rows say so.
            api = silent
        pgbench = Pgbench(services.pgbench, services.owner_url)
        yield from Writing(yard, sizes, pgbench, peers, api).rows()


def _reading(services: Services, sizes: Sizes) -> Iterator[Row]:
    young, old = (_ledger(services, sizes, months) for months in sizes.months)
    yield from reading_rows(young, old, sizes)


def _ledger(services: Services, sizes: Sizes, months: int) -> Ledger:
    database_url = new_database(f"bench_{months}_months", beside=services.owner_url)
    with _connected_to(database_url):
        call_command("migrate", verbosity=0)
        history = made_history(entries_a_month=sizes.entries_a_month, months=months)
        return Ledger(history, history.entries(), lambda: _connected_to(database_url))


def _fuelling(services: Services, sizes: Sizes) -> Iterator[Row]:
    """In a database of its own, which the processes that are started find by the environment."""
    database_url = new_database("bench_fuel", beside=services.owner_url)
    before, os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"], database_url
    try:
        with _connected_to(database_url):
            call_command("migrate", verbosity=0)
            yield from fuelling_rows(sizes)
    finally:
        os.environ["DATABASE_URL"] = before


@contextmanager
def _connected_to(database_url: str) -> Iterator[None]:
    """Let Django use another database for a while."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database_url.rpartition("/")[2]
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
