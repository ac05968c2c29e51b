"""Two who change the register at the same moment: nothing is lost, nothing is a surprise."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from registry.models import ExchangeRate, Item, Membership, Organisation, Role, User
from registry.operations.loading.rates import load_exchange_rates
from registry.operations.register import NotFitForRegister, enter_in_register
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.registry.test_api import as_user, item_figures

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 5
RATE = {"currency": "USD", "valid_from_date": "2026-06-01", "cny_per_unit": "7.1", "source": "PBC"}


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to, all begun at the same moment on connections of their own."""
    outcomes: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            outcomes[number] = act()
        except Exception as raised:
            outcomes[number] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def alice() -> User:
    return build.user("alice", Role.ADMINISTRATOR)


def patched(user: User, address: str, **figures: Any) -> Callable[[], int]:
    client = as_user(user)
    return lambda: int(client.patch(address, figures).status_code)


def posted(user: User, address: str, figures: dict[str, Any]) -> Callable[[], Any]:
    return lambda: as_user(user).post(address, figures)


def test_two_changes_of_different_figures_both_stand(alice: User) -> None:
    item = build.item()
    address = f"/api/v1/items/{item.pk}/"
    for number in range(TRIES):
        changes = {"name": f"Name {number}", "origin": "KZ" if number % 2 else "KG", "shelf_life_days": number + 1}
        codes = at_once(*(patched(alice, address, **{field: figure}) for field, figure in changes.items()))
        assert codes == [200, 200, 200]
        assert {field: getattr(Item.objects.get(pk=item.pk), field) for field in changes} == changes
    latest = item.history.latest("history_id")
    assert (latest.name, latest.origin, latest.shelf_life_days) == (
        changes["name"],
        changes["origin"],
        changes["shelf_life_days"],
    )


def test_a_change_of_a_person_does_not_take_back_another(alice: User) -> None:
    bob = build.user("bob", Role.AUDITOR)
    address = f"/api/v1/users/{bob.pk}/"
    for number in range(TRIES):
        changes = {"name": f"Bob {number}", "time_zone": "Asia/Urumqi" if number % 2 else "Asia/Almaty"}
        at_once(*(patched(alice, address, **{field: figure}) for field, figure in changes.items()))
        bob.refresh_from_db()
        assert {field: getattr(bob, field) for field in changes} == changes


def test_two_changes_made_on_the_same_state_are_one_change_and_one_conflict(alice: User) -> None:
    item = build.item()
    seen = item.history.latest("history_id").history_id
    change = {"seen_history_id": seen}
    address = f"/api/v1/items/{item.pk}/"
    codes = at_once(patched(alice, address, name="A", **change), patched(alice, address, name="B", **change))
    assert sorted(codes) == [200, 409]


def test_the_same_new_row_twice_at_once_is_one_row_and_one_refusal(alice: User) -> None:
    for number in range(TRIES):
        figures = {**RATE, "valid_from_date": f"2026-06-{number + 1:02}"}
        answers = at_once(*[posted(alice, "/api/v1/exchange-rates/", figures)] * 2)
        assert sorted(answer.status_code for answer in answers) in ([201, 400], [201, 422])
        refused = max(answers, key=lambda answer: answer.status_code)
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.json()["errors"]
    assert ExchangeRate.objects.count() == TRIES


def test_on_a_page_it_is_said_in_the_form(alice: User) -> None:
    pages = [signed_in(alice), signed_in(alice)]
    address = reverse("registry:exchange_rate_add")
    answers = at_once(*((lambda one=one: one.post(address, RATE)) for one in pages))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert "The currency already has a rate" in min(answers, key=lambda answer: answer.status_code).content.decode()


def test_an_operation_names_what_was_taken_meanwhile(alice: User) -> None:
    def enter() -> Any:
        return enter_in_register(row=Organisation(code="NEW", name="New", kind="carrier"), actor=None, at=build.AT)

    outcomes = at_once(enter, enter, enter)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(one) for one in refused] == [NotFitForRegister, NotFitForRegister]
    assert {error.field for one in refused for error in one.errors} == {"code"}


def test_the_same_file_twice_at_once_is_loaded_once(alice: User) -> None:
    rows = [{**RATE, "valid_from_date": f"2026-06-{day:02}"} for day in range(1, 29)]

    def load() -> Any:
        return load_exchange_rates(rows=rows, actor=alice, at=build.AT)

    outcomes = at_once(load, load)
    assert sorted((one.added, one.unchanged) for one in outcomes) == [(0, 28), (28, 0)]


def test_a_site_opened_twice_at_once_is_opened_once(alice: User) -> None:
    site = build.site("OLD")
    figures = {
        "zone": site.zone_id,
        "code": "NEW",
        "name": "New",
        "organisation": site.organisation_id,
        "customs_office": site.customs_office_id,
        "kind": "warehouse",
        "regime": "bonded_warehouse",
        "un_locode": "CNHRS",
    }
    answers = at_once(*[posted(alice, "/api/v1/sites/", figures)] * 2)
    assert sorted(answer.status_code for answer in answers) in ([201, 400], [201, 422])


def test_a_role_and_a_new_kind_do_not_pass_beside_each_other(alice: User) -> None:
    for number in range(TRIES):
        office = build.organisation(f"OFFICE-{number}", build.OrganisationKind.CUSTOMS_OFFICE)
        user = build.user(f"olga-{number}", None)
        grant = {"user": user.pk, "organisation": office.pk, "role": "customs_officer", "site": None}
        at_once(
            posted(alice, "/api/v1/memberships/", grant),
            patched(alice, f"/api/v1/organisations/{office.pk}/", kind="carrier"),
        )
        office.refresh_from_db()
        is_officer = Membership.objects.filter(user=user).exists()
        assert (office.kind == "customs_office") or not is_officer


def test_items_in_use_elsewhere_are_entered_all_the_same(alice: User) -> None:
    acts = [posted(alice, "/api/v1/items/", item_figures(code=code)) for code in ("A", "B")]
    assert [answer.status_code for answer in at_once(*acts)] == [201, 201]
