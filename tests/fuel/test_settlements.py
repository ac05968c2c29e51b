"""Settling what was charged wrong: in part, by what it corrects, and together when a quote is corrected."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.operations.documents import NotAsRequired, OwnWork
from fuel.billing.charges.operations import AlreadyCredited, Right, credit_and_rebill, credit_part
from fuel.billing.disputes import operations as disputes
from fuel.billing.statement_reading import content_of
from fuel.billing.statements.operations import issue_statement, reissue_statement
from fuel.models import Charge, ChargeKind, DeliveryTicket, Dispute, DisputeState, IndexQuote, Statement, TicketState
from fuel.operations.contracts import publish_quotes
from fuel.operations.quote_corrections import NothingToCorrect, misquoted, rebill_misquoted
from registry.errors import NotAllowed
from registry.models import Item, Role, TariffRate, User
from registry.operations.register import enter_in_register
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract, f9, quote
from tests.registry import build
from tests.standing import standing

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}
QUOTED = date(2026, 5, 29)


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    urumqi.released("900000")
    f9(urumqi, index_price="93.00")
    return urumqi


def issued(farm: TankFarm, **more: Any) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    given = {"site": farm.site, "airline": farm.airline, **JUNE, "actor": farm.supervisor, "at": farm.tick()}
    return issue_statement(**{**given, "request_key": uuid4(), **more})


def uplift() -> Charge:
    return Charge.objects.select_related("site__zone", "airline").get(kind="uplift")


def kinds_and_prices() -> list[tuple[str, str]]:
    return [(one.kind, str(one.unit_price)) for one in Charge.objects.order_by("pk")]


def corrector() -> User:
    return build.user("adele", Role.ADMINISTRATOR)


def corrected(farm: TankFarm, price: str, *, actor: User | None = None) -> IndexQuote:
    row = {"index": "MOPS-JET", "quoted_date": QUOTED.isoformat(), "price": price, "source": "corrected"}
    publish_quotes(rows=[row], actor=actor or corrector(), at=farm.tick(), reason="Published wrong")
    return IndexQuote.objects.select_related("index").get(quoted_date=QUOTED)


@pytest.mark.django_db
def test_fuel_that_comes_back_is_priced_as_it_was_charged(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    assert uplift().unit_price == Decimal("788.48")  # (93.00 + 3.20) × 7.90 + 28.50
    quote(QUOTED, "103.00")
    farm.defuelled(ticket, "4000")
    farm.now = farm.now.replace(day=9)
    issued(farm, through_date=date(2026, 7, 7))
    assert kinds_and_prices() == [("uplift", "788.48"), ("defuel", "788.48")]
    back = Charge.objects.get(kind="defuel")
    assert back.net_amount == Decimal("-3153.92")
    assert back.quotes == uplift().quotes


@pytest.mark.django_db
def test_what_came_back_goes_with_the_charge_that_it_came_back_from(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="54321")
    farm.defuelled(ticket, "4000")
    issued(farm)
    quote(QUOTED, "103.00")
    made = credit_and_rebill(charge=uplift(), reason="Quote", actor=farm.supervisor, at=farm.tick())
    told = [(one.kind, str(one.mass_kg), str(one.unit_price)) for one in made]
    assert told == [
        ("credit", "-54321.000", "788.48"),
        ("rebill", "54321.000", "867.48"),
        ("credit", "4000.000", "788.48"),
        ("rebill", "-4000.000", "867.48"),
    ]
    rest = sum(one.mass_kg for one in Charge.objects.all())
    assert rest == Decimal("50321")


@pytest.mark.django_db
def test_credited_whole_nothing_is_left_of_a_ticket_also_not_below_zero(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="54321")
    farm.defuelled(ticket, "4000")
    issued(farm)
    credit_and_rebill(charge=uplift(), reason="Ghost", actor=farm.supervisor, at=farm.tick(), is_rebilled=False)
    assert sum(one.total_amount for one in Charge.objects.all()) == 0
    assert sum(one.mass_kg for one in Charge.objects.all()) == 0


@pytest.mark.django_db
def test_a_dispute_about_quantity_is_settled_by_what_is_right(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg=None, litres_observed=Decimal("68353.668"))
    statement = issued(farm)
    charge = uplift()
    assert charge.litres_observed == Decimal("68353.668")
    amelia = build.user("amelia", Role.AIRLINE, farm.airline.organisation)
    dispute = disputes.raise_dispute(
        charge=charge, ground="quantity", message="66,000 L", actor=amelia, at=farm.tick(), request_key=uuid4()
    )
    disputes.credit_dispute(
        dispute=dispute,
        right=Right(litres_observed=Decimal(66000)),
        reason="The log is right.",
        actor=farm.supervisor,
        at=farm.tick(),
    )
    part = Charge.objects.get(kind=ChargeKind.PART)
    assert (part.corrects_id, part.litres_observed) == (charge.pk, Decimal("-2353.668"))
    assert (part.mass_kg, part.unit_price) == (Decimal("-1882.934"), charge.unit_price)
    assert part.net_amount == Decimal("-1484.66")  # 788.48 × 1.882934
    assert part.saving_cny == part.duty_paid_cny - part.amount_cny
    assert Dispute.objects.get().state == DisputeState.CREDITED
    assert DeliveryTicket.objects.get(pk=ticket.pk).state == TicketState.INVOICED
    again = reissue_statement(statement=statement, actor=farm.supervisor, at=farm.tick(), reason="Dispute")
    lines = list(content_of(again).lines)
    assert [(line.kind, line.corrects_row) for line in lines] == [("uplift", None), ("part", 1)]
    assert again.charges_total == charge.total_amount + part.total_amount
    # Of what is right, a second dispute may still be raised.
    assert disputes.disputable_statement(charge) == again


@pytest.mark.django_db
def test_an_amount_is_credited_in_part_with_its_vat(farm: TankFarm) -> None:
    chinese = airline("C1", country="CN")
    contract(farm, number="FC-2", airline=chinese)
    farm.matched("T-1", mass_kg="54321", airline=chinese)
    issued(farm, airline=chinese)
    charge = uplift()
    right = Right(net_amount=charge.net_amount - 1000)
    part = credit_part(charge=charge, right=right, reason="Agreed", actor=farm.supervisor, at=farm.tick())
    assert (part.net_amount, part.vat_amount, part.total_amount) == (-1000, -130, -1130)
    assert (part.mass_kg, part.litres_observed) == (0, 0)
    assert (part.amount_cny, part.saving_price_cny) == (Decimal("-8062.78"), Decimal("8062.78"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("right", "field"),
    [
        (Right(litres_observed=Decimal("67901.25")), "right_litres_observed"),  # as much as was charged
        (Right(litres_observed=Decimal("70000")), "right_litres_observed"),
        (Right(litres_observed=Decimal("0")), "right_litres_observed"),
        (Right(litres_observed=Decimal("5000")), "right_litres_observed"),  # as much as came back
        (Right(litres_observed=Decimal("66000.0001")), "right_litres_observed"),
        (Right(net_amount=Decimal("99999999")), "right_net_amount"),
        (Right(net_amount=Decimal("100.001")), "right_net_amount"),
        (Right(net_amount=Decimal("-1")), "right_net_amount"),
        (Right(), "right_litres_observed"),
        (Right(litres_observed=Decimal(1), net_amount=Decimal(1)), "right_litres_observed"),
    ],
)
def test_what_cannot_be_right_is_refused_by_its_figure(farm: TankFarm, right: Right, field: str) -> None:
    ticket = farm.matched("T-1", mass_kg="54321")
    farm.defuelled(ticket, "4000")
    issued(farm)
    with pytest.raises(NotAsRequired) as refused:
        credit_part(charge=uplift(), right=right, reason="x", actor=farm.supervisor, at=farm.tick())
    assert refused.value.errors[0].field == field
    assert not Charge.objects.filter(kind="part").exists()


@pytest.mark.django_db
def test_a_credit_takes_back_only_what_was_not_credited_in_part(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="54321")
    issued(farm)
    charge = uplift()
    for litres in ("66000", "65000"):
        right = Right(litres_observed=Decimal(litres))
        credit_part(charge=charge, right=right, reason="x", actor=farm.supervisor, at=farm.tick())
    quote(QUOTED, "103.00")
    credit, rebill, *parts = credit_and_rebill(charge=charge, reason="Quote", actor=farm.supervisor, at=farm.tick())
    assert credit.litres_observed == -65000
    assert (rebill.litres_observed, rebill.unit_price) == (charge.litres_observed, Decimal("867.48"))
    assert {str(one.unit_price) for one in parts} == {"867.48"}
    assert sum(one.litres_observed for one in Charge.objects.all()) == 65000
    with pytest.raises(AlreadyCredited):
        credit_part(
            charge=charge, right=Right(litres_observed=Decimal(1)), reason="x", actor=farm.supervisor, at=farm.tick()
        )


@pytest.mark.django_db
def test_nobody_but_a_supervisor_credits_in_part(farm: TankFarm) -> None:
    farm.matched("T-1")
    issued(farm)
    for actor in (farm.operator, farm.auditor):
        with pytest.raises(NotAllowed):
            credit_part(charge=uplift(), right=Right(net_amount=Decimal(1)), reason="x", actor=actor, at=farm.tick())


@pytest.mark.django_db
def test_charges_of_a_corrected_quote_are_listed_and_rebilled_together_each_for_its_airline(farm: TankFarm) -> None:
    other = airline("Q2")
    contract(farm, number="FC-2", airline=other)
    farm.matched("T-1", mass_kg="54321")
    farm.matched("T-2", mass_kg="10000", airline=other)
    for one in (farm.airline, other):
        issued(farm, airline=one)
    known = IndexQuote.objects.get(quoted_date=QUOTED)
    assert misquoted(quote=known, site=farm.site, at=farm.now) == []
    with pytest.raises(NothingToCorrect):
        rebill_misquoted(quote=known, site=farm.site, reason="x", actor=farm.supervisor, at=farm.tick())
    known = corrected(farm, "92.37")
    told = misquoted(quote=known, site=farm.site, at=farm.now)
    assert [(one.charge.airline.iata_code, str(one.quoted), one.unit_price_now) for one in told] == [
        ("Q1", "93.0000", Decimal("783.50")),
        ("Q2", "93.0000", Decimal("783.50")),
    ]
    assert told[1].difference == Decimal("-49.80")  # 10 t at 788.48, now at 783.50
    made = rebill_misquoted(
        quote=known, site=farm.site, reason="Published wrong", actor=farm.supervisor, at=farm.tick()
    )
    assert [one.kind for one in made] == ["credit", "rebill"] * 2
    assert misquoted(quote=known, site=farm.site, at=farm.now) == []
    for one in (farm.airline, other):
        following = issued(farm, airline=one, through_date=date(2026, 7, 1))
        assert [line.kind for line in content_of(following).lines] == ["credit", "rebill"]


@pytest.mark.django_db
def test_who_corrected_the_quote_does_not_rebill_by_it(farm: TankFarm) -> None:
    farm.matched("T-1")
    issued(farm)
    adele = corrector()
    known = corrected(farm, "92.37", actor=adele)
    # She changes sides: nobody is administrator and supervisor at once.
    adele.memberships.all().delete()
    build.grant(adele, Role.SUPERVISOR, farm.site.organisation)
    with pytest.raises(OwnWork):
        rebill_misquoted(quote=known, site=farm.site, reason="x", actor=adele, at=farm.tick())
    with pytest.raises(NotAllowed):
        rebill_misquoted(quote=known, site=farm.site, reason="x", actor=farm.operator, at=farm.tick())


@pytest.mark.django_db
def test_three_misquoted_charges_are_listed_with_as_many_queries_as_one(farm: TankFarm) -> None:
    counts = []
    for number in (1, 2, 3):
        farm.now = farm.now.replace(month=6, day=1)
        farm.matched(f"T-{number}")
        farm.now = farm.now.replace(month=7, day=2 + number)
        issued(farm, through_date=date(2026, 6, 30))
        known = IndexQuote.objects.get(quoted_date=QUOTED)
        known.price = Decimal("50")
        with CaptureQueriesContext(connection) as captured:
            assert len(misquoted(quote=known, site=farm.site, at=farm.now)) == number
        counts.append(len(captured))
    assert len(set(counts)) == 1


@pytest.mark.django_db
def test_corrected_on_pages_and_over_the_api(farm: TankFarm, client: Client) -> None:
    farm.matched("T-1", mass_kg="10000")
    issued(farm)
    known = corrected(farm, "92.37")
    client.force_login(farm.supervisor, "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/fuel/index-quotes/{known.pk}/")
    assert "Charges calculated from another price: 1" in page.content.decode()
    page = client.get(f"/fuel/index-quotes/{known.pk}/rebill/")
    assert "788.48" in page.content.decode()
    assert "783.50" in page.content.decode()
    (told,) = client.get(f"/api/v1/index-quotes/{known.pk}/charges/").json()
    assert (told["unit_price"], told["unit_price_now"], told["difference"]) == ("788.48", "783.50", "-49.80")
    answer = client.post(
        f"/api/v1/charges/{uplift().pk}/credit/",
        {"reason": "Agreed", "right_net_amount": "7000"},
        content_type="application/json",
    )
    assert [(one["kind"], one["net_amount"]) for one in answer.json()] == [("part", "-884.80")]
    form = {"site": farm.site.pk, "reason": "Published wrong", "request_key": str(uuid4())}
    answer = client.post(f"/fuel/index-quotes/{known.pk}/rebill/", form)
    assert answer.status_code == 302
    assert [one.kind for one in Charge.objects.order_by("pk")] == ["uplift", "part", "credit", "rebill", "part"]
    assert client.get(f"/api/v1/index-quotes/{known.pk}/charges/").json() == []


@pytest.mark.django_db
def test_a_line_is_credited_in_part_on_its_page(farm: TankFarm, client: Client) -> None:
    farm.matched("T-1", mass_kg="54321")
    statement = issued(farm)
    client.force_login(farm.supervisor, "django.contrib.auth.backends.ModelBackend")
    url = f"/fuel/charges/{uplift().pk}/credit/"
    refused = client.post(url, {"right_litres_observed": "70000", "reason": "x", "request_key": str(uuid4())})
    assert "70,000" in refused.content.decode()
    answer = client.post(url, {"right_litres_observed": "66000", "reason": "Log", "request_key": str(uuid4())})
    assert answer.status_code == 302
    reissue_statement(statement=statement, actor=farm.supervisor, at=farm.tick(), reason="Log")
    page = client.get(Statement.objects.get(state="issued").get_absolute_url()).content.decode()
    for told in ("Part credit", "Net", "VAT rate", "Barrels per tonne", "7.90", "USD/bbl", "2026-05-29 93.00"):
        assert told in page


@pytest.mark.django_db
def test_vat_is_charged_by_the_code_under_which_the_fuel_was_declared(urumqi: TankFarm) -> None:
    farm = urumqi
    farm.released("10000")
    # The product is put under another code after the fuel came; what lies in the tank stays under its own.
    rates = {"duty_rate": Decimal("0.09"), "vat_rate": Decimal("0.09"), "valid_from_date": date(2026, 1, 1)}
    enter_in_register(row=TariffRate(hs_prefix="270730", **rates), actor=None, at=farm.now)
    product = Item.objects.get(pk=farm.product.pk)
    product.hs_code, product.national_code = build.hs_code("270730"), ""
    enter_in_register(row=product, actor=None, at=farm.now)
    farm.released("90000")
    f9(farm)
    chinese = airline("C1", country="CN")
    contract(farm, number="FC-2", airline=chinese)
    for number, mass_kg in (("T-1", "8000"), ("T-2", "8000"), ("T-3", "8000")):
        farm.matched(number, mass_kg=mass_kg, airline=chinese)
    issued(farm, airline=chinese)
    rates_of = [charge.vat_rate for charge in Charge.objects.order_by("delivered_at")]
    # All of the first lot, 2,000 kg of it with 6,000 kg of the second, all of the second.
    assert rates_of == [Decimal("0.13"), Decimal("0.10"), Decimal("0.09")]
