"""One act on a statement in a process of its own, which has held nothing else. Run as `python -m bench.stating`.

It prints the seconds that the act took, and by how many bytes it let the process grow. What is read is read twice, and
the second time counts; a statement is issued once.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

KIBIBYTE = 1024
PAGE = "page"
ISSUE = "issue"


@dataclass(frozen=True)
class Act:
    """What an act cost."""

    seconds: float
    grown_bytes: int


def measured(act: str, iata_code: str, first: date, last: date) -> Act:
    """Let a new process do it: `issue`, `page`, or the suffix of a file.

    Raises:
        subprocess.CalledProcessError: it failed; what it said is above.
    """
    command = [sys.executable, "-m", "bench.stating", act, iata_code, first.isoformat(), last.isoformat()]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ)
    return Act(**json.loads(done.stdout))


def main() -> None:
    import django

    django.setup()
    act, iata_code, first, last = sys.argv[1:]
    work = _issue(iata_code, date.fromisoformat(first), date.fromisoformat(last)) if act == ISSUE else None
    work = work or (_page(iata_code) if act == PAGE else _file(iata_code, act))
    before = _memory("VmRSS")
    if act != ISSUE:
        work()
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "grown_bytes": _memory("VmHWM") - before}))


def _issue(iata_code: str, first: date, last: date) -> Callable[[], object]:
    """Issue the statement, and take it back, so that it can be issued again."""
    from django.db import connection, transaction

    from bench.tank_farm import SITE
    from fuel.billing.statements.operations import issue_statement
    from registry.models import Airline, Site, User

    site = Site.objects.select_related("zone").get(code=SITE)
    airline = Airline.objects.get(iata_code=iata_code)
    supervisor = User.objects.get(email__startswith="supervisor@")

    with connection.cursor() as cursor:
        # What an earlier turn took back still lies dead in the tables, and costs several times the statement itself.
        cursor.execute("VACUUM (ANALYZE)")

    def issue() -> None:
        with transaction.atomic():
            issue_statement(
                site=site,
                airline=airline,
                from_date=first,
                through_date=last,
                actor=supervisor,
                at=datetime.now(UTC),
                request_key=uuid4(),
            )
            transaction.set_rollback(True)

    return issue


def _file(iata_code: str, suffix: str) -> Callable[[], object]:
    from fuel.billing.statement_files import FORMATS
    from fuel.billing.statement_reading import content_of
    from fuel.models import Statement

    statement = Statement.objects.get(airline__iata_code=iata_code)
    form = FORMATS[suffix]

    def write() -> None:
        for _piece in form.write(content_of(statement)):
            pass

    return write


def _page(iata_code: str) -> Callable[[], object]:
    from django.test import Client

    from fuel.models import Statement
    from registry.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email__startswith="supervisor@"), "django.contrib.auth.backends.ModelBackend")
    address = Statement.objects.get(airline__iata_code=iata_code).get_absolute_url()

    def read() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} for {address}")

    return read


def _memory(name: str) -> int:
    """What the kernel says of this process: VmRSS for now, VmHWM for the most that it ever held."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * KIBIBYTE
    raise RuntimeError(f"The kernel does not tell {name}.")


if __name__ == "__main__":
    main()
