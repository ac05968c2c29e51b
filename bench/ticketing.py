"""A program that sends signed tickets through the REST API. Run as `python -m bench.ticketing`; see workers."""

import random
import sys
import uuid
from datetime import UTC, datetime
from http import HTTPStatus

import django

django.setup()

from bench.pace import post_until  # noqa: E402 (models can be imported only now)
from bench.requesting import Client  # noqa: E402
from bench.tank_farm import CASUAL, SITE, TicketRow, ticket_row  # noqa: E402


def new_ticket(chance: random.Random) -> TicketRow:
    """A ticket of this moment that nobody has sent yet."""
    number = uuid.uuid4().hex
    flight_number = f"{CASUAL}{chance.randrange(1, 10_000)}"
    return ticket_row(CASUAL, datetime.now(UTC), chance, ticket_number=number[:24], flight_number=flight_number)


def main() -> None:
    address, token, batch, seconds, seed = sys.argv[1:]
    client, chance, size = Client(address, token), random.Random(int(seed)), int(batch)

    def request() -> None:
        tickets = [new_ticket(chance) for _ in range(size)]
        client.post("tickets/take-in/", {"site": SITE, "tickets": tickets}, expected=HTTPStatus.OK)

    post_until(float(seconds), request, count=size)


if __name__ == "__main__":
    main()
