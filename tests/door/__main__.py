"""Run the gate `demo`: `python -m tests.door`, or with an address against a demonstration that runs already."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.door.addresses import Addresses
from tests.door.browser import Browser, Form
from tests.door.launching import Demonstration, NotAsPromised
from tests.door.programs import Program, Refused, admission_to_the_end, reports_to_the_reader, ticket_to_the_end
from tests.door.tour import ELSEWHERE, Found, Tour

PROJECT = Path(__file__).resolve().parents[2]
TOURS_AT_ONCE = 3
SECONDS_TO_START = 900
SECONDS_TO_START_AGAIN = 20
FORMATS = ("pdf", "csv", "xlsx", "json", "xml")
# Lists that are rightly empty for everybody when the demonstration begins, and kinds of which it has nothing yet.
NOTHING_YET = {"registry:token_list"}
# They answer a question only, which a program asks.
ASKED_BY_PROGRAMS = {"api_period-checklist", "reconciliation"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.door", description=__doc__)
    parser.add_argument("--running", help="address of a demonstration that runs already, such as http://127.0.0.1:8000")
    running = parser.parse_args().running
    began = time.monotonic()
    try:
        faults = look_at(running) if running else open_the_door()
    except (NotAsPromised, Refused) as fault:
        faults = [str(fault)]
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{len(faults)} faults, {time.monotonic() - began:.0f} s", flush=True)
    return 1 if faults else 0


def open_the_door() -> list[str]:
    """Start it, look at everything, stop it by Ctrl-C, start it again at once, stop it; nothing is left behind."""
    with tempfile.TemporaryDirectory(prefix="bondbook-door-") as place:
        if os.geteuid() == 0:
            # Root's servers run as another user, who must pass through.
            Path(place).chmod(0o711)
        demonstration = Demonstration(PROJECT, Path(place) / "data")
        try:
            seconds = demonstration.start(seconds=SECONDS_TO_START)
            say(f"make demo: ready after {seconds:.0f} s at {demonstration.address}")
            faults = look_at(demonstration.address)
            faults += demonstration.stop()
            seconds = demonstration.start(seconds=SECONDS_TO_START)
            say(f"make demo on the same data: ready after {seconds:.0f} s")
            if seconds >= SECONDS_TO_START_AGAIN:
                faults.append(f"starting again took {seconds:.0f} s; it has to take less than {SECONDS_TO_START_AGAIN}")
            faults += Browser(demonstration.address).get("/sign-in/").faults()
            return faults + demonstration.stop() + demonstration.faults_of_logs()
        finally:
            demonstration.remove()


def look_at(address: str) -> list[str]:
    """Open everything as every role, and take an admission and a ticket to the end."""
    addresses = Addresses()
    offers = [form for form in Browser(address).get("/sign-in/").read().forms if form.fields.get("username")]
    if not offers:
        return ["the sign-in page offers no role"]
    # Addresses are read before threads ask for them at the same moment.
    say(f"{len(addresses.all)} addresses; the sign-in page offers {len(offers)} people")
    shared: set[object] = set()
    tours = [Tour(address, addresses, offer, shared) for offer in offers]
    with ThreadPoolExecutor(TOURS_AT_ONCE) as pool:
        found = list(pool.map(_go, tours))
    faults = [fault for one in found for fault in one.faults]
    faults += what_is_missing(addresses, found)
    sign = _sign_in_as(address, offers)
    say("\nBy API:")
    for act in (reports_to_the_reader, admission_to_the_end, ticket_to_the_end):
        try:
            act(sign, say)
        except Refused as refused:
            faults.append(str(refused))
    return faults


def _go(tour: Tour) -> Found:
    found = tour.go()
    lines = [f"\n{tour.person} opened {len(found.opened)}:", *(f"  {line}" for line in found.opened)]
    say("\n".join([*lines, *(f"  FAULT {fault}" for fault in found.faults)]))
    return found


def what_is_missing(addresses: Addresses, found: list[Found]) -> list[str]:
    """Lists that nobody found anything in, kinds of which nobody opened a document, files that nobody got."""
    seen = {name for one in found for name in one.seen}
    filled = {name for one in found for name in one.filled}
    faults = []
    for one in addresses.all:
        if one.name in ELSEWHERE | NOTHING_YET | ASKED_BY_PROGRAMS:
            continue
        if one.is_list and one.name not in filled:
            faults.append(f"{one.path} holds nothing for anybody")
        if one.is_of_one and not one.is_api and one.name not in seen:
            faults.append(f"no document was opened at {one.path}")
        if not one.has_parameters and one.name not in seen:
            faults.append(f"nobody may open {one.path}")
    files = "\n".join(line for one in found for line in one.opened)
    faults += [f"no statement as {form} was opened" for form in FORMATS if f"/file/{form}/" not in files]
    if "/reconciliation/?" not in files:
        faults.append("no reconciliation was opened")
    return faults


def _sign_in_as(address: str, offers: list[Form]) -> Callable[[str], Program]:
    passwords = {offer.fields["username"]: offer.fields["password"] for offer in offers}
    return lambda email: Program(address, email, passwords[email]).sign_in()


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
