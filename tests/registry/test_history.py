"""History: told in words, in a constant number of queries, and never rewritten."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.history import APPEND_ONLY, create_all_as, update_all_as
from registry.models import (
    Aircraft,
    Airline,
    Airport,
    CountryGroup,
    CountryGroupMember,
    ExchangeRate,
    OrganisationKind,
    Role,
    TariffRate,
    User,
)
from registry.operations.register import enter_in_register
from registry.timeline import timeline_of
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db

HISTORIES = [model for model in apps.get_app_config("registry").get_models() if model.__name__.startswith("Historical")]


def test_every_history_table_is_append_only() -> None:
    assert set(HISTORIES) <= set(APPEND_ONLY)


def one_row_in_every_history() -> None:
    build.item(), build.user("eve", Role.AUDITOR), build.site()
    ExchangeRate.objects.create(currency="USD", valid_from_date=build.AT.date(), cny_per_unit=7)
    group = CountryGroup.objects.create(code="BRI", name="Belt and Road")
    CountryGroupMember.objects.create(group=group, country="KZ", valid_from_date=build.AT.date())
    TariffRate.objects.create(hs_prefix="08", valid_from_date=build.AT.date(), duty_rate=0, vat_rate=0)
    Airport.objects.create(iata_code="URC", name="Urumqi", country="CN", time_zone="Asia/Shanghai")
    carrier = build.organisation("CARRIER", OrganisationKind.AIRLINE)
    airline = Airline.objects.create(organisation=carrier, iata_code="Q1", icao_code="QQA")
    Aircraft.objects.create(registration="B-0001", type_designator="B744", airline=airline)


@pytest.mark.parametrize("statement", ["TRUNCATE {}", "UPDATE {} SET history_type = '-'", "DELETE FROM {}"])
def test_history_tables_refuse_to_be_rewritten(hands_of_the_owner: None, statement: str) -> None:
    one_row_in_every_history()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL pgtrigger.ignore = '{append_only_rows,append_only_table}'")
        for model in HISTORIES:
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(statement.format(model._meta.db_table))


def test_a_change_is_told_in_words(alice: User) -> None:
    item = build.item(origin="UZ")
    item.unit = build.unit("H87", symbol="pcs", decimals=0)
    item.net_mass_kg_per_unit = Decimal("2.5")
    item.is_perishable = True
    enter_in_register(row=item, actor=alice, at=build.AT, reason="Sold by the piece")
    changed, added = timeline_of(item)
    assert (str(added.what), added.who) == ("Added", "The system")
    assert (changed.who, changed.reason) == ("Alice", "Sold by the piece")
    assert {(str(change.label), change.old, change.new) for change in changed.changes} == {
        ("declared unit", "kg", "pcs"),
        ("net mass per unit (kg)", "1", "2.5"),
        ("perishable", "No", "Yes"),
    }


def test_signing_in_leaves_no_trace_in_the_history_of_the_person(alice: User) -> None:
    told = alice.history.count()
    signed_in(alice)
    alice.refresh_from_db()
    assert alice.last_login is not None
    assert alice.history.count() == told


def test_a_long_life_takes_as_many_queries_as_a_short_one(alice: User) -> None:
    item = build.item()

    def change_and_count(units: list[str]) -> int:
        for code in units:
            item.unit = build.unit(code, symbol=code)
            enter_in_register(row=item, actor=alice, at=build.AT)
        with CaptureQueriesContext(connection) as captured:
            timeline_of(item)
        return len(captured)

    assert change_and_count(["LTR"]) == change_and_count(["MTR", "KGM", "MTQ"])


@pytest.mark.parametrize("new_rates", [(9, 9), (8, 9)], ids=["alike", "each its own"])
def test_many_rows_at_once_keep_the_history_that_each_alone_would(alice: User, new_rates: tuple[int, int]) -> None:
    rates = [ExchangeRate(currency=code, valid_from_date=build.AT.date(), cny_per_unit=7) for code in ("USD", "EUR")]
    create_all_as(rates, actor=alice, at=build.AT)
    for rate, figure in zip(rates, new_rates, strict=True):
        rate.cny_per_unit = Decimal(figure)
    update_all_as(rates, fields=["cny_per_unit"], actor=alice, at=build.AT, reason="The bank said so")
    for rate, figure in zip(rates, new_rates, strict=True):
        assert ExchangeRate.objects.get(pk=rate.pk).cny_per_unit == figure
        changed, added = rate.history.order_by("-history_id")
        assert (added.history_type, added.cny_per_unit, added.history_change_reason) == ("+", 7, None)
        assert (changed.history_type, changed.cny_per_unit) == ("~", figure)
        assert changed.history_change_reason == "The bank said so"
        for row in (added, changed):
            assert (row.id, row.currency, row.history_user, row.history_date) == (
                rate.pk,
                rate.currency,
                alice,
                build.AT,
            )
