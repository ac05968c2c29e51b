"""People of a warehouse who work through the API alone."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone
from rest_framework.test import APIClient

from registry.models import User
from registry.wording import CUSTOMS_TIME
from tests.bonded.build import Warehouse
from tests.customs.build import declaration_number
from tests.registry import build

ROOT = "/api/v1"


@dataclass
class Caller:
    """Somebody who signed in for a token."""

    user: User
    client: APIClient

    def get(self, path: str, **terms: Any) -> Any:
        return self.client.get(f"{ROOT}/{path}/", terms)

    def read(self, path: str, **terms: Any) -> Any:
        answer = self.get(path, **terms)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, body: Any = None, *, key: str = "") -> Any:
        return self.client.post(f"{ROOT}/{path}/", body, headers={"Idempotency-Key": key or str(uuid4())})

    def put(self, path: str, body: Any) -> Any:
        return self.client.put(f"{ROOT}/{path}/", body)

    def patch(self, path: str, body: Any) -> Any:
        return self.client.patch(f"{ROOT}/{path}/", body)

    def done(self, path: str, body: Any = None) -> Any:
        """What a POST answers that is not refused."""
        answer = self.post(path, body)
        assert answer.status_code in {200, 201}, answer.content
        return answer.json()


def caller(user: User) -> Caller:
    client = APIClient()
    answer = client.post(f"{ROOT}/sign-in/", {"email": user.email, "password": build.PASSWORD})
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    return Caller(user, client)


@dataclass
class Office:
    """The people of one warehouse, and whole documents as they would send them."""

    at: Warehouse
    operator: Caller
    supervisor: Caller
    officer: Caller

    def admission(self, *lines: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "site": self.at.site.code,
            "book": self.at.book.number,
            "owner": self.at.owner.code,
            "lines": list(lines),
            "declaration_number": declaration_number(),
            **more,
        }

    def withdrawal(self, *lines: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.admission(*lines, **{"purpose": "domestic_sale", **more})

    def admitted(self, *lines: dict[str, Any], into: str = "A-01") -> Any:
        """Goods that were all there, from the draft to the count."""
        address = f"admissions/{self.operator.done('admissions', self.admission(*lines))['id']}"
        self.operator.done(f"{address}/submit")
        self.officer.done(f"{address}/accept")
        arrived = self.operator.done(f"{address}/arrive", {"vehicle": "A 12345"})
        counted = [{"line": line["row"], "place": into, "quantity": line["quantity"]} for line in arrived["lines"]]
        return self.operator.done(f"{address}/count", {"counted": counted})

    def submitted(self, *lines: dict[str, Any], **more: Any) -> str:
        """The address of a withdrawal that waits for acceptance."""
        address = f"withdrawals/{self.operator.done('withdrawals', self.withdrawal(*lines, **more))['id']}"
        self.operator.done(f"{address}/submit")
        return address

    def withdrawn(self, *lines: dict[str, Any], **more: Any) -> Any:
        address = self.submitted(*lines, **more)
        self.officer.done(f"{address}/accept")
        picked = self.operator.done(f"{address}/pick")
        self.paid(picked)
        self.officer.done(f"{address}/release")
        return self.operator.done(f"{address}/pass-gate")

    def paid(self, withdrawal: Any) -> None:
        """The duty and tax on a domestic sale, where any are payable."""
        picks = [pick for line in withdrawal["lines"] for pick in line["picks"]]
        owed = sum(Decimal(pick["tax_cny"] or 0) for pick in picks)
        if owed:
            day = timezone.now().astimezone(CUSTOMS_TIME).date().isoformat()
            payment = {"amount_cny": str(owed), "paid_on": day, "reference": declaration_number()}
            self.operator.done(f"withdrawals/{withdrawal['id']}/pay", payment)


def office(at: Warehouse) -> Office:
    return Office(at, caller(at.operator), caller(at.supervisor), caller(at.officer))


def line(item: str, quantity: Any, value: Any = "1000", **more: Any) -> dict[str, Any]:
    return {"item": item, "quantity": quantity, "invoice_value": value, "currency": "CNY", **more}
