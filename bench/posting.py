"""post() from Django: a process that relocates goods for a while. Run as `python -m bench.posting`; see workers."""

import json
import random
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import django

django.setup()

from bench.pace import post_until  # noqa: E402 (models can be imported only now)
from bench.yard import Yard  # noqa: E402
from ledger.models import Journal, MovementKind  # noqa: E402
from ledger.operations import post  # noqa: E402
from ledger.postings import Account, Document, Leg, Posting  # noqa: E402


def relocations(yard: Yard, seed: int) -> Iterator[Posting]:
    """One leg each, between any two bins, as a scanner would ask for it now."""
    draw = random.Random(seed)
    while True:
        source, target = draw.sample(range(yard.first_bin, yard.last_bin + 1), 2)
        lot = draw.randint(yard.first_lot, yard.last_lot)
        yield Posting(
            idempotency_key=str(uuid.uuid4()),
            kind=MovementKind.RELOCATED,
            site_id=yard.site,
            document=Document("bench", 1, "B-1"),
            occurred_at=datetime.now(UTC),
            legs=(Leg(Journal.STOCK, lot, Account(source), Account(target), Decimal("1.00000")),),
        )


def main() -> None:
    ids, batch, seconds, seed = sys.argv[1:]
    yard, size = Yard(**json.loads(ids)), int(batch)
    postings = relocations(yard, int(seed))
    post_until(
        float(seconds),
        lambda: post(zone_id=yard.zone, actor_id=None, postings=[next(postings) for _ in range(size)]),
        count=size,
    )


if __name__ == "__main__":
    main()
