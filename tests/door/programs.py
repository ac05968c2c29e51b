"""What programs do with tokens: one admission and one ticket, by API alone, as far as their states go."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

CUSTOMS_TIME = ZoneInfo("Asia/Shanghai")
SECONDS = 60
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Refused(Exception):
    """An act that had to be done was refused."""


@dataclass
class Program:
    """Works in the name of somebody."""

    address: str
    email: str
    password: str
    headers: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> "Program":
        told = self.post("sign-in", {"email": self.email, "password": self.password})
        self.headers = {"Authorization": f"Token {told['token']}"}
        return self

    def get(self, path: str, **asked: Any) -> Any:
        question = f"?{urllib.parse.urlencode(asked)}" if asked else ""
        return self._ask("GET", f"{path}/{question}", None)

    def post(self, path: str, body: Any = None) -> Any:
        return self._ask("POST", f"{path}/", body or {})

    def _ask(self, method: str, path: str, body: Any) -> Any:
        headers = {**self.headers, "Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        content = None if body is None else json.dumps(body).encode()
        url = f"{self.address.rstrip('/')}/api/v1/{path}"
        request = urllib.request.Request(url, content, headers, method=method)  # noqa: S310  (this machine's own)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            with refused:
                told = refused.read().decode(errors="replace")
            raise Refused(f"{self.email}: {method} {path} answers {refused.code}: {told[:600]}") from refused


Sign = Callable[[str], Program]


def admission_to_the_end(sign: Sign, say: Callable[[str], None]) -> None:
    """Goods are declared, accepted, arrive, are counted into a bin and closed; their lots lie there."""
    operator, supervisor, officer = (sign(f"{who}@bondbook.example") for who in ("operator", "supervisor", "customs"))
    like = operator.get(f"admissions/{operator.get('admissions', state='closed', page_size=1)['results'][0]['id']}")
    line = like["lines"][0]
    bin_code = operator.get("places", site=like["site"], kind="bin", page_size=1)["results"][0]["code"]
    now = datetime.now(CUSTOMS_TIME)
    admission = operator.post(
        "admissions",
        {
            "site": like["site"],
            "book": like["book"],
            "owner": like["owner"],
            "declaration_number": f"9402{now:%Y%m%d%H%M%S}",
            "lines": [
                {"item": line["item"], "quantity": "1", "invoice_value": "12.50", "currency": "CNY", "terms": "CIF"}
            ],
        },
    )
    number, address = admission["number"], f"admissions/{admission['id']}"
    operator.post(f"{address}/submit")
    officer.post(f"{address}/accept")
    arrived = operator.post(f"{address}/arrive", {"vehicle": "XJ 001 DOOR"})
    counted = [{"line": one["row"], "place": bin_code, "quantity": one["quantity"]} for one in arrived["lines"]]
    operator.post(f"{address}/count", {"counted": counted})
    closed = supervisor.post(f"{address}/close")
    _require(closed["state"] == "closed", f"{number} is {closed['state']}, not closed")
    held = operator.get("balances", lot=closed["lines"][0]["lot"], journal="stock")["results"]
    _require([one["place"] for one in held] == [bin_code], f"{number} lies not in {bin_code}: {held}")
    say(f"{number}: entered, submitted, accepted, arrived, counted and closed; its goods lie in {bin_code}")


def ticket_to_the_end(sign: Sign, say: Callable[[str], None]) -> None:
    """An aircraft is fuelled: written, signed, matched with its flight, declared to customs and billed."""
    fueller, supervisor, officer = (sign(f"{who}@bondbook.example") for who in ("fueller", "fuel", "customs.fuel"))
    now = datetime.now(CUSTOMS_TIME)
    # Late in the evening: customs takes a day's declaration when the day is over.
    delivered_at = datetime.combine(now.date() - timedelta(days=1), time(23, 58), CUSTOMS_TIME)
    like = _ticket_like(fueller, supervisor, delivered_at.date())
    day = delivered_at.date().isoformat()
    ticket = fueller.post(
        "tickets",
        {name: like[name] for name in ("site", "vendor", "airline", "airport", "destination", "registration")}
        | {
            "tank": like["tank"],
            "ticket_number": f"DOOR-{now:%H%M%S}",
            "flight_number": f"{like['airline']}777",
            "flight_date": day,
            "customs_status": "bonded",
            "litres_observed": "9000",
            "celsius": "12.5",
            "density_at_base": "799.6",
            "delivered_at": delivered_at.isoformat(timespec="seconds"),
        },
    )
    number, address = ticket["number"], f"tickets/{ticket['id']}"
    signed = fueller.post(f"{address}/sign", {"signatory": "A. Captain", "signature": PIXEL})
    _require(signed["state"] == "signed", f"{number} is {signed['state']}, not signed")
    fueller.post(
        "flights",
        {name: ticket[name] for name in ("site", "airline", "flight_number", "flight_date", "registration")}
        | {"destination": ticket["destination"], "litres_reported": "9000"},
    )
    matched = supervisor.post(f"{address}/match")
    _require(matched["state"] == "matched", f"{number} is {matched['state']}, not matched")
    say(f"{number}: written, signed and matched")
    drawn = fueller.post(
        "declarations",
        {
            "book": fueller.get("account-books", site=ticket["site"])["results"][0]["number"],
            "declared_kind": "delivery_ticket",
            "declarant": like["declarant"],
            "from_date": day,
            "through_date": day,
        },
    )
    declaration = f"declarations/{drawn['id']}"
    fueller.post(f"{declaration}/submit")
    officer.post(f"{declaration}/accept", {"declaration_number": f"9401{now:%Y%m%d%H%M%S}"})
    officer.post(f"{declaration}/release")
    officer.post(f"{declaration}/close")
    declared = fueller.get(address)
    _require(declared["state"] == "declared", f"{number} is {declared['state']}, not declared")
    say(f"{number}: declared by {drawn['number']}, which customs accepted, released and closed")


def reports_to_the_reader(sign: Sign, say: Callable[[str], None]) -> None:
    """What answers a question alone: the reconciliation of a book, and what a period's close still waits for."""
    supervisor = sign("supervisor@bondbook.example")
    book = supervisor.get("account-books", page_size=1)["results"][0]
    today = datetime.now(CUSTOMS_TIME).date()
    first = today.replace(day=1) - timedelta(days=31)
    told = supervisor.get("reconciliation", book=book["number"], from_date=first, through_date=today)
    _require(bool(told["items"]), f"the reconciliation of {book['number']} has no item")
    checks = supervisor.get("periods/checklist", site=book["site"], through_date=first)
    _require(bool(checks), "the checklist of a period is empty")
    say(f"{book['number']}: {len(told['items'])} items reconciled; the period's close has {len(checks)} checks")


def _ticket_like(fueller: Program, supervisor: Program, day: date) -> Any:
    """A bonded ticket of an airline whose tickets of the day are all matched now, with who declares for it."""
    signed = fueller.get("tickets", customs_status="bonded", state="signed", page_size=100)["results"]
    waiting = [one for one in signed if one["delivered_at"].startswith(day.isoformat())]
    like = next(one for one in waiting if _is_matched(supervisor, waiting, one["airline"]))
    airlines = fueller.get("airlines", page_size=100)["results"]
    organisation = next(one["organisation"] for one in airlines if one["iata_code"] == like["airline"])
    return like | {"declarant": fueller.get(f"organisations/{organisation}")["code"]}


def _is_matched(supervisor: Program, waiting: list[Any], airline: str) -> bool:
    """Whether nothing about the airline's tickets has to be explained first."""
    try:
        for one in waiting:
            if one["airline"] == airline:
                supervisor.post(f"tickets/{one['id']}/match")
    except Refused:
        return False
    return True


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Refused(otherwise)
