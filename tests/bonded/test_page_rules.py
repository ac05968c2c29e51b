"""Who is offered what: by state, role at the site and four eyes; and what a code means while one fills in a form."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bonded.stock_counts import operations as stock_counts
from bonded.stock_counts.operations import CountedLine
from documents.inbox import decisions_in_all
from documents.kinds import declared_kinds, kind_of
from documents.models import Reversal
from documents.reversals import operations as reversals
from documents.reversals.offers import REVERSALS
from registry.models import Role
from registry.navigation import sections_for
from tests.bonded.build import Warehouse, item, out, warehouse
from tests.bonded.test_pages import signed_in
from tests.bonded.test_relocations import _move
from tests.bonded.test_stock_counts import _open
from tests.front.test_icons import SPRITE
from tests.registry import build
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def goods(khorgos: Warehouse) -> Any:
    return item()


def again(document: Any) -> Any:
    """The document as it stands now; a protected state is not read into the object one has."""
    return type(document)._default_manager.get(pk=document.pk)


def acts_on(user: Any, document: Any) -> list[str]:
    acted = REVERSALS if isinstance(document, Reversal) else kind_of(document)
    return acted.acts_on(user, document)


def test_an_admission_offers_its_next_steps_to_each_role(khorgos: Warehouse, goods: Any) -> None:
    line = khorgos.line(goods, "10")
    people = (khorgos.operator, khorgos.supervisor, khorgos.officer, build.user("audrey", Role.AUDITOR))
    offered = {
        khorgos.prepare(line): (["submit", "change", "void"], ["submit", "change", "void"], [], []),
        khorgos.submitted(line): (
            ["take_back", "void"],
            ["accept", "return", "take_back", "void"],
            ["accept", "return"],
            [],
        ),
        khorgos.accepted(line): (["arrive", "reverse"], ["arrive", "reverse", "number"], ["number"], []),
        khorgos.arrived(line): (["count", "reverse"], ["count", "reverse", "number"], ["number"], []),
        khorgos.admitted(line): (["reverse"], ["close", "reverse", "number"], ["close", "number"], []),
    }
    for admission, names in offered.items():
        found = again(admission)
        assert tuple(acts_on(person, found) for person in people) == names, found.state


def test_nobody_decides_on_what_they_prepared(khorgos: Warehouse, goods: Any) -> None:
    own = khorgos.submitted(khorgos.line(goods, "10"), actor=khorgos.supervisor)
    assert acts_on(khorgos.supervisor, own) == ["take_back", "void"]
    client = signed_in(khorgos.supervisor)
    for act in ("accept", "return"):
        assert client.post(reverse(f"bonded:admission_{act}", args=[own.pk]), {"reason": "x"}).status_code == 403
    assert own.number not in client.get(reverse("documents:approvals")).content.decode()


def test_a_withdrawal_is_released_once(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.accepted_withdrawal(out(goods, "2"))
    assert acts_on(khorgos.officer, withdrawal) == ["number"]
    assert acts_on(khorgos.operator, withdrawal) == ["pick", "pay", "reverse"]
    withdrawal = khorgos.paid(withdrawal)
    assert acts_on(khorgos.officer, withdrawal) == ["release", "number"]
    assert acts_on(khorgos.operator, withdrawal) == ["pick", "reverse"]
    client = signed_in(khorgos.officer)
    assert client.post(reverse("bonded:withdrawal_release", args=[withdrawal.pk])).status_code == 302
    assert acts_on(khorgos.officer, again(withdrawal)) == ["number"]


def test_whoever_counted_neither_counts_again_nor_approves(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "10"))
    stock_count = _open(khorgos)
    found = [CountedLine(place=khorgos.bin, item=goods, quantity=Decimal(9))]
    stock_counts.record_counts(stock_count=stock_count, counts=found, actor=khorgos.supervisor, at=khorgos.tick())
    stock_count = again(stock_count)
    assert "recounts" in acts_on(khorgos.operator, stock_count)
    assert "recounts" not in acts_on(khorgos.supervisor, stock_count)
    stock_counts.record_recounts(stock_count=stock_count, counts=found, actor=khorgos.operator, at=khorgos.tick())
    stock_count = again(stock_count)
    assert "approve" not in acts_on(khorgos.supervisor, stock_count)
    assert decisions_in_all(khorgos.supervisor) == 0
    approver = build.user("second", Role.SUPERVISOR, khorgos.site.organisation, at_site=khorgos.site)
    assert acts_on(approver, stock_count)[0] == "approve"


def test_a_reversal_is_asked_for_once_and_answered_on_the_document(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.admitted(khorgos.line(goods, "10"))
    reversals.request_reversal(document=admission, reason="Twice", actor=khorgos.operator, at=khorgos.tick())
    ask, page = reverse("bonded:admission_reverse", args=[admission.pk]), admission.get_absolute_url()
    assert ask not in signed_in(khorgos.operator).get(page).content.decode()
    refuse = reverse("documents:reversal_refuse", args=[Reversal.objects.get().pk])
    shown = signed_in(khorgos.officer).get(page).content.decode()
    assert "Twice" in shown
    assert refuse in shown
    signed_in(khorgos.officer).post(refuse, {"reason": "It is right"})
    shown = signed_in(khorgos.operator).get(page).content.decode()
    assert "It is right" in shown
    assert ask in shown


def test_from_the_inbox_one_comes_back_to_the_inbox(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.submitted(khorgos.line(goods, "10"), remark="Wrapped again")
    client, inbox = signed_in(khorgos.officer), reverse("documents:approvals")
    page = client.get(inbox).content.decode()
    accept = reverse("bonded:admission_accept", args=[admission.pk]) + "?from=approvals"
    assert accept in page
    assert "Wrapped again" in page
    assert client.post(accept).url == inbox
    assert "Nothing waits for you" in client.get(inbox).content.decode()
    assert signed_in(khorgos.operator).get(inbox).status_code == 403


def test_the_inbox_asks_the_same_for_one_document_and_for_three(khorgos: Warehouse, goods: Any) -> None:
    client, inbox = signed_in(khorgos.supervisor), reverse("documents:approvals")

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(inbox)
        return len(asked)

    second = build.user("carol", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)

    def submit_one_of_each() -> None:
        khorgos.submitted(khorgos.line(goods, "10"))
        admission = khorgos.admitted(khorgos.line(goods, "10"))
        khorgos.submitted_withdrawal(out(goods, "2"))
        lot = admission.lines.get().lot
        moved = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "1"))
        reversals.request_reversal(document=moved, reason="Twice", actor=khorgos.operator, at=khorgos.tick())
        counted_short(_open(khorgos), khorgos.operator, second)

    def counted_short(stock_count: Any, *people: Any) -> None:
        found = [
            CountedLine(place=place, item=goods, quantity=Decimal(quantity))
            for place, quantity in ((khorgos.bin, 9), (khorgos.other_bin, 0))
        ]
        for record, person in zip((stock_counts.record_counts, stock_counts.record_recounts), people, strict=True):
            record(stock_count=stock_count, counts=found, actor=person, at=khorgos.tick())

    submit_one_of_each()
    ask()
    once = ask()
    for _nth in range(2):
        submit_one_of_each()
    assert ask() == once
    assert client.get(inbox).content.decode().count("data-inbox-entry") == 12


def test_the_navigation_tells_how_many_decisions_wait(khorgos: Warehouse, goods: Any, rf: Any) -> None:
    khorgos.submitted(khorgos.line(goods, "10"))
    request = rf.get("/")
    for person, number in ((khorgos.officer, 1), (warehouse("ALA").officer, 0)):
        request.user = person
        links = [link for section in sections_for(request, {Role.CUSTOMS_OFFICER}) for link in section.items]
        assert [link.waiting for link in links if "approvals" in link.url] == [number]


def test_a_scanned_code_is_told_apart(khorgos: Warehouse, goods: Any) -> None:
    lot = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    client, url = signed_in(khorgos.operator), reverse("ledger:scanned")

    def told(code: str, **more: str) -> dict[str, str]:
        return client.get(url, {"code": code, **more}).json()

    assert told("hrs-a-01")["kind"] == "bin"
    assert told("A-01", site=str(khorgos.site.pk))["code"] == "HRS-A-01"
    assert told(lot.number, bin="HRS-A-01") == {
        "kind": "lot", "code": lot.number, "item": "PISTACHIO", "owner": khorgos.owner.code,
        "name": "PISTACHIO Item PISTACHIO", "free": "10",
    }  # fmt: skip
    assert told("PISTACHIO")["kind"] == "item"
    assert told("NOTHING") == {"kind": ""}
    other = warehouse("ALA")
    assert told("ALA-A-01") == {"kind": ""}
    assert signed_in(other.operator).get(url, {"code": lot.number}).json() == {"kind": ""}


def test_only_lots_with_something_free_are_offered(khorgos: Warehouse, goods: Any) -> None:
    first = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    second = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    khorgos.accepted_withdrawal(out(goods, "10"))
    client, url = signed_in(khorgos.operator), reverse("ledger:free_lot_suggest")
    for asked in ({"q": "PISTA"}, {"q": "PISTA", "site": str(khorgos.site.pk), "book": str(khorgos.book.pk)}):
        found = client.get(url, asked).json()["results"]
        assert [one["code"] for one in found] == [second.number]
        assert "10 kg free" in found[0]["name"].replace("\xa0", " ")
    assert client.get(url, {"q": first.number, "owner": "SOMEBODY"}).json()["results"] == []
    assert signed_in(warehouse("ALA").operator).get(url, {"q": "PISTA"}).json()["results"] == []


def test_every_step_has_an_icon_that_is_drawn() -> None:
    drawn = SPRITE.read_text()
    steps = [offer.step for acted in (REVERSALS, *declared_kinds("bonded")) for offer in acted.offers]
    assert [step.icon for step in steps if f'id="{step.icon}"' not in drawn] == []
