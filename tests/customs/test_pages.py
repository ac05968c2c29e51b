"""The pages of customs: who reads, who acts, and what becomes of refusals."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customs.models import AccountBook, Guarantee, Regime
from ledger.queries import closed_through
from registry.models import OrganisationKind, PlaceKind, Role, Site, User
from tests.customs import build as customs
from tests.customs.conftest import warehouse
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db
ACTORS = ["alice", "bob", "sally", "charlie", "olga", "airline", "stranger"]


@pytest.fixture
def airline(site: Site) -> User:
    return build.user("airline", Role.AIRLINE, build.organisation("AIR", OrganisationKind.AIRLINE))


@pytest.fixture
def book(site: Site) -> AccountBook:
    return customs.book(site, "B-1", guarantee=customs.guarantee(site, number="G-1"))


def address_of(name: str, book: AccountBook) -> str:
    arguments = {
        "account_book_detail": book.pk,
        "account_book_readings": book.pk,
        "account_book_change": book.pk,
        "account_book_close": book.pk,
        "guarantee_detail": book.guarantee_id,
        "guarantee_change": book.guarantee_id,
        "regime_detail": "bonded_warehouse",
        "regime_change": "bonded_warehouse",
        "period_detail": book.site_id,
        "period_close": book.site_id,
    }
    return reverse(f"customs:{name}", args=[arguments[name]] if name in arguments else [])


# Alice administers, Bob operates, Sally supervises, Charlie audits, Olga is of the customs office; an airline's user;
# and the supervisor of another site.
@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("account_book_list", [200, 200, 200, 200, 200, 403, 200]),
        ("account_book_detail", [200, 200, 200, 200, 200, 403, 404]),
        ("account_book_readings", [200, 200, 200, 200, 200, 403, 404]),
        ("account_book_add", [200, 403, 403, 403, 403, 403, 403]),
        ("account_book_change", [200, 403, 403, 403, 403, 404, 404]),
        ("account_book_close", [200, 403, 403, 403, 403, 404, 404]),
        ("guarantee_list", [200, 200, 200, 200, 200, 403, 200]),
        ("guarantee_detail", [200, 200, 200, 200, 200, 403, 404]),
        ("guarantee_add", [200, 403, 403, 403, 403, 403, 403]),
        ("guarantee_change", [200, 403, 403, 403, 403, 404, 404]),
        ("regime_list", [200, 200, 200, 200, 200, 403, 200]),
        ("regime_detail", [200, 200, 200, 200, 200, 403, 200]),
        ("regime_change", [200, 403, 403, 403, 403, 403, 403]),
        ("period_list", [403, 403, 200, 200, 200, 403, 200]),
        ("period_detail", [403, 403, 200, 200, 200, 403, 404]),
        ("period_close", [403, 403, 200, 403, 200, 403, 404]),
    ],
)
def test_who_may_open_a_page(name: str, statuses: list[int], book: AccountBook, request: Any) -> None:
    address = address_of(name, book)
    found = [signed_in(request.getfixturevalue(actor)).get(address).status_code for actor in ACTORS]
    assert found == statuses


def test_administrator_of_one_site_keeps_only_its_books_and_no_regime(book: AccountBook) -> None:
    keeper = build.user("keeper", Role.ADMINISTRATOR, book.site.organisation, at_site=book.site)
    other = customs.book(warehouse("TRT"), "B-2")
    client = signed_in(keeper)
    assert client.get(address_of("account_book_change", book)).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(address_of("regime_change", book)).status_code == 403
    choices = client.get(address_of("account_book_add", book)).context["form"].fields["site"].queryset
    assert list(choices) == [book.site]


def test_book_is_opened_and_changed_with_its_history(site: Site, alice: User) -> None:
    client = signed_in(alice)
    given = {
        "site": site.pk, "number": "B-9", "kind": "logistics", "holder": site.organisation_id, "guarantee": "",
        "reconciliation_months": "12", "opened_date": "2026-01-01",
    }  # fmt: skip
    response = client.post(reverse("customs:account_book_add"), given)
    book = AccountBook.objects.get()
    assert response.headers["Location"] == book.get_absolute_url()
    again = client.post(reverse("customs:account_book_add"), given)
    assert "number" in again.context["form"].errors
    change = {
        **given, "reconciliation_months": "6", "reason": "New licence",
        "seen_history_id": book.history.latest("history_id").history_id,
    }  # fmt: skip
    assert client.post(address_of("account_book_change", book), change).status_code == 302
    page = client.get(book.get_absolute_url()).content.decode()
    assert "New licence" in page
    refused = client.post(address_of("account_book_change", book), change)
    assert "after you opened it" in refused.content.decode()


def test_refusal_of_a_guarantee_stands_beside_its_field(book: AccountBook, alice: User) -> None:
    customs.into_book(book, build.item())
    small = customs.guarantee(book.site, limit_cny="1.00")
    given = {
        "kind": "logistics", "holder": book.holder_id, "guarantee": small.pk, "reconciliation_months": "12",
    }  # fmt: skip
    response = signed_in(alice).post(address_of("account_book_change", book), given)
    assert "220.40" in response.context["form"].errors["guarantee"][0]
    lower = {"guarantor": "Bank", "limit_cny": "100"}
    response = signed_in(alice).post(address_of("guarantee_change", book), lower)
    assert "limit_cny" in response.context["form"].errors
    assert Guarantee.objects.get(number="G-1").limit_cny == 160000


def test_book_is_closed_once_it_is_empty(book: AccountBook, alice: User) -> None:
    lot = customs.into_book(book, build.item())
    client, address = signed_in(alice), address_of("account_book_close", book)
    response = client.post(address, {"closed_date": "2026-06-30"})
    assert "still holds goods" in response.content.decode()
    customs.out_of_book(book, lot, "100")
    assert client.post(address, {"closed_date": "2026-06-30"}).status_code == 302
    page = client.get(book.get_absolute_url()).content.decode()
    assert address not in page


def test_detail_shows_readings_and_the_guarantee(book: AccountBook, bob: User) -> None:
    lot = customs.into_book(book, build.item(), "100")
    customs.reserve_in_book(book, lot, "30")
    page = signed_in(bob).get(book.get_absolute_url()).content.decode().replace("\xa0", " ")
    for words in ("ALMOND", "70 kg", "30 kg", "159,779.60 CNY"):
        assert words in page


def test_readings_as_a_file_hold_every_item_of_the_day_asked(book: AccountBook, bob: User) -> None:
    for number in range(30):
        customs.into_book(book, build.item(f"NUT-{number:02}"), "100")
    customs.into_book(book, build.item("LATE"), at=build.AT + timedelta(days=20))
    client, address = signed_in(bob), address_of("account_book_readings", book)
    response = client.get(f"{address}?through_date=2026-06-05&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [row["Item number"] for row in rows] == [f"NUT-{number:02}" for number in range(30)]
    assert (rows[0]["Available"], rows[0]["Available: unit"], rows[0]["Suspended tax (CNY)"]) == ("100", "kg", "220.4")
    assert len(client.get(f"{address}?q=late").context["table"].rows) == 1
    assert len(client.get(f"{address}?through_date=soon").context["table"].rows) == 0


def test_regime_is_changed_with_its_history(site: Site, alice: User) -> None:
    address = reverse("customs:regime_change", args=["bonded_warehouse"])
    given = {
        "storage_limit_months": "24", "extension_months": "12", "takes_guarantee": "on", "weighing_tolerance": "0.02",
        "loss_tolerance": "0.005", "lot_identification": "fefo", "reason": "Notice 12",
        "declaration_number_form": "#" * 18,
    }  # fmt: skip
    client = signed_in(alice)
    assert "weighing_tolerance" in client.post(address, {**given, "weighing_tolerance": "x"}).context["form"].errors
    assert client.post(address, given).status_code == 302
    assert Regime.objects.get(pk="bonded_warehouse").storage_limit_months == 24
    assert "Notice 12" in client.get(reverse("customs:regime_detail", args=["bonded_warehouse"])).content.decode()


def test_period_is_closed_with_its_checklist_in_view(book: AccountBook, sally: User) -> None:
    lot = customs.into_book(book, build.item(), "4")
    abroad, suspense = (customs.place(book.site, kind) for kind in (PlaceKind.ABROAD, PlaceKind.SUSPENSE))
    customs.move_stock(book.site, lot, abroad, suspense, "4")
    client, address = signed_in(sally), address_of("period_close", book)
    page = client.get(f"{address}?through_date=2026-06-30").content.decode()
    assert "over the declaration" in page
    assert "over the declaration" not in client.get(f"{address}?through_date=2026-05-31").content.decode()
    refused = client.post(address, {"through_date": "2026-06-30", "explanation": ""})
    assert "explanation" in refused.context["form"].errors
    assert "over the declaration" in refused.content.decode()
    done = client.post(address, {"through_date": "2026-06-30", "explanation": "Admitted in July."})
    assert done.headers["Location"] == address_of("period_detail", book)
    assert closed_through(site_id=book.site_id) == date(2026, 6, 30)
    assert "Admitted in July." in client.get(done.headers["Location"]).content.decode()
    assert "2026-06-30" in client.get(reverse("customs:period_list")).content.decode()
    again = client.post(address, {"through_date": "2026-06-30", "explanation": "Again."})
    assert "is closed" in again.content.decode()


def test_day_that_cannot_be_read_is_named(site: Site, sally: User) -> None:
    address = reverse("customs:period_close", args=[site.pk])
    response = signed_in(sally).get(f"{address}?through_date=soon")
    assert response.status_code == 200
    assert response.context["day_form"].errors


@pytest.mark.parametrize("name", ["account_book_list", "guarantee_list", "period_list"])
def test_lists_take_as_many_queries_for_three_rows_as_for_one(name: str, book: AccountBook, charlie: User) -> None:
    client = signed_in(charlie)
    customs.into_book(book, build.item())

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            assert client.get(reverse(f"customs:{name}")).status_code == 200
        return len(made)

    queries()
    for_one = queries()
    for code in ("TRT", "BKT"):
        other = customs.book(warehouse(code), guarantee=customs.guarantee(Site.objects.get(code=code)))
        customs.into_book(other, build.item(f"ITEM-{code}"))
    assert queries() == for_one


def test_detail_takes_as_many_queries_for_three_items_as_for_one(book: AccountBook, charlie: User) -> None:
    client = signed_in(charlie)

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(book.get_absolute_url()).status_code == 200
        return len(made)

    customs.into_book(book, build.item("A"))
    queries()
    for_one = queries()
    for code in ("B", "C"):
        customs.into_book(book, build.item(code))
    assert queries() == for_one
