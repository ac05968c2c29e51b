"""Customs through the API: the same rules as its pages, answered as problem documents."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from customs.models import AccountBook, Guarantee
from ledger.queries import closed_through
from registry.models import OrganisationKind, PlaceKind, Role, Site, User
from tests.customs import build as customs
from tests.customs.conftest import warehouse
from tests.registry import build
from tests.registry.test_api import as_user

pytestmark = pytest.mark.django_db
BOOKS, GUARANTEES, REGIMES, PERIODS = (
    f"/api/v1/{name}/" for name in ("account-books", "guarantees", "regimes", "periods")
)


@pytest.fixture
def book(site: Site) -> AccountBook:
    return customs.book(site, "B-1", guarantee=customs.guarantee(site, number="G-1"))


def book_figures(site: Site, **figures: Any) -> dict[str, Any]:
    return {
        "site": site.pk,
        "number": "B-9",
        "kind": "logistics",
        "holder": site.organisation_id,
        "opened_date": "2026-01-01",
        **figures,
    }


@pytest.mark.parametrize("address", [BOOKS, GUARANTEES, REGIMES, PERIODS])
def test_lists_are_read_by_staff_and_by_nobody_else(address: str, sally: User, charlie: User, olga: User) -> None:
    for reader in (sally, charlie, olga):
        assert as_user(reader).get(address).status_code == 200
    airline = build.user("airline", Role.AIRLINE, build.organisation("AIR", OrganisationKind.AIRLINE))
    assert as_user(airline).get(address).status_code == 403
    assert APIClient().get(address).status_code == 401


def test_strangers_object_is_not_there(book: AccountBook, stranger: User) -> None:
    client = as_user(stranger)
    for address in (f"{BOOKS}{book.pk}/", f"{BOOKS}{book.pk}/readings/", f"{GUARANTEES}{book.guarantee_id}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{BOOKS}{book.pk}/close/", {"closed_date": "2026-06-30"}).status_code == 404
    asked = {"site": book.site_id, "through_date": "2026-06-30"}
    assert client.post(PERIODS, asked).status_code == 400
    assert client.get(f"{PERIODS}checklist/", asked).status_code == 400


def test_only_administrators_write(book: AccountBook, bob: User, sally: User, olga: User) -> None:
    for reader in (bob, sally, olga):
        client = as_user(reader)
        assert client.post(BOOKS, book_figures(book.site)).status_code == 403
        assert client.patch(f"{BOOKS}{book.pk}/", {"reconciliation_months": 6}).status_code == 403
        assert client.post(f"{BOOKS}{book.pk}/close/", {"closed_date": "2026-06-30"}).status_code == 403
        assert client.patch(f"{GUARANTEES}{book.guarantee_id}/", {"limit_cny": "1"}).status_code == 403
        assert client.patch(f"{REGIMES}bonded_warehouse/", {"takes_guarantee": False}).status_code == 403
    keeper = build.user("keeper", Role.ADMINISTRATOR, book.site.organisation, at_site=book.site)
    assert as_user(keeper).patch(f"{REGIMES}bonded_warehouse/", {"takes_guarantee": False}).status_code == 403
    assert as_user(keeper).post(REGIMES, {}).status_code == 405


def test_book_is_opened_changed_and_closed(site: Site, alice: User) -> None:
    client = as_user(alice)
    guarantee = customs.guarantee(site)
    created = client.post(BOOKS, book_figures(site, guarantee=guarantee.pk))
    assert (created.status_code, created.data["suspended_tax_cny"]) == (201, "0.00")
    address = f"{BOOKS}{created.data['id']}/"
    taken = client.post(BOOKS, book_figures(site))
    assert taken.json()["errors"][0]["field"] == "number"
    assert client.patch(address, {"reconciliation_months": 6, "reason": "New licence"}).status_code == 200
    assert client.patch(address, {"number": "B-10"}).json()["errors"][0]["field"] == "number"
    assert [entry["reason"] for entry in client.get(f"{address}history/").json()] == ["New licence", ""]
    closed = client.post(f"{address}close/", {"closed_date": "2026-06-30"})
    assert (closed.status_code, closed.data["closed_date"]) == (200, "2026-06-30")
    again = client.post(f"{address}close/", {"closed_date": "2026-06-30"})
    assert (again.status_code, again.data["type"]) == (409, "urn:bondbook:problem:book-closed")


def test_readings_are_told_per_item(book: AccountBook, sally: User) -> None:
    lot = customs.into_book(book, build.item(), "100")
    customs.reserve_in_book(book, lot, "30")
    client = as_user(sally)
    (reading,) = client.get(f"{BOOKS}{book.pk}/readings/").json()
    assert (reading["item_code"], reading["available"], reading["pre_decrease"]) == ("ALMOND", "70.00000", "30.00000")
    assert client.get(f"{BOOKS}{book.pk}/readings/?through_date=2026-05-31").json() == []
    assert client.get(f"{BOOKS}{book.pk}/readings/?through_date=soon").status_code == 400
    assert client.get(f"{BOOKS}{book.pk}/").data["suspended_tax_cny"] == "220.40"


def test_guarantee_tells_what_is_free_and_is_not_lowered_below_it(book: AccountBook, alice: User) -> None:
    customs.into_book(book, build.item())
    client, address = as_user(alice), f"{GUARANTEES}{book.guarantee_id}/"
    told = client.get(address).data
    assert (told["used_cny"], told["free_cny"]) == ("220.40", "159779.60")
    refused = client.patch(address, {"limit_cny": "220.39"})
    assert (refused.status_code, refused.data["type"]) == (409, "urn:bondbook:problem:limit-below-used")
    assert client.patch(address, {"limit_cny": "220.40"}).data["free_cny"] == "0.00"
    created = client.post(
        GUARANTEES, {"site": book.site_id, "number": "G-2", "guarantor": "Bank", "limit_cny": "5.00"}
    )  # fmt: skip
    assert (created.status_code, created.data["free_cny"]) == (201, "5.00")
    assert Guarantee.objects.count() == 2


def test_regime_is_changed_by_the_zones_administrator(site: Site, alice: User) -> None:
    client, address = as_user(alice), f"{REGIMES}bonded_warehouse/"
    assert client.patch(address, {"storage_limit_months": 24, "reason": "Notice 12"}).data["code"] == "bonded_warehouse"
    assert client.get(f"{address}history/").json()[0]["reason"] == "Notice 12"


def test_period_is_closed_when_its_checklist_is_explained(book: AccountBook, sally: User, charlie: User) -> None:
    lot = customs.into_book(book, build.item(), "4")
    abroad, suspense = (customs.place(book.site, kind) for kind in (PlaceKind.ABROAD, PlaceKind.SUSPENSE))
    customs.move_stock(book.site, lot, abroad, suspense, "4")
    client = as_user(sally)
    asked = {"site": book.site_id, "through_date": "2026-06-30"}
    found = [len(result["items"]) for result in client.get(f"{PERIODS}checklist/", asked).json()]
    assert sum(found) == 1
    assert as_user(charlie).post(PERIODS, asked).status_code == 403
    refused = client.post(PERIODS, asked)
    assert (refused.status_code, refused.data["type"]) == (409, "urn:bondbook:problem:period-not-ready")
    closed = client.post(PERIODS, {**asked, "explanation": "Admitted in July."})
    assert closed.status_code == 201
    assert closed.data["reason"].startswith("Admitted in July.")
    assert closed_through(site_id=book.site_id) == date(2026, 6, 30)
    assert [row["id"] for row in client.get(PERIODS).json()["results"]] == [closed.data["id"]]
    assert client.post(PERIODS, asked | {"explanation": "x"}).data["type"] == "urn:bondbook:problem:period-closed"


@pytest.mark.parametrize("address", [BOOKS, GUARANTEES])
def test_lists_take_as_many_queries_for_three_rows_as_for_one(address: str, book: AccountBook, charlie: User) -> None:
    client = as_user(charlie)

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    queries()
    for_one = queries()
    for code in ("TRT", "BKT"):
        customs.book(warehouse(code), guarantee=customs.guarantee(Site.objects.get(code=code)))
    assert queries() == for_one
