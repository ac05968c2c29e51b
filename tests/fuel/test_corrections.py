"""Reversing a reconciliation and making a defuel void: who may, what stands in the way, and that figures come back."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from customs.declarations import operations as declarations
from customs.operations.periods import close_period
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.billing.statement_runs.operations import airlines_to_bill
from fuel.billing.statements.operations import waiting_for_statement
from fuel.consignments.operations.declaring import reverse_consignment
from fuel.defuels import operations as defuels
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.delivery_tickets.operations.tickets import void_ticket
from fuel.gauges import operations as gauges
from fuel.models import Defuel, TankReconciliation
from fuel.queries import riding_uplifted
from fuel.reconciliations.operations import reconciling
from fuel.reconciliations.operations.legs import LAST_MOMENT
from fuel.reconciliations.operations.reconciling import reverse_reconciliation
from fuel.tank_movements.operations import move_fuel
from ledger.postings import Hold, LaterMovementsDepend, PeriodClosed
from ledger.queries import transactions_of
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Airport, Role, User
from tests.fuel.build import TankFarm, airport
from tests.fuel.declaring import accepted, drawn_up, submitted
from tests.fuel.pricing import f9
from tests.fuel.test_farm_api import caller, done, read
from tests.fuel.test_reconciliation import approved, commingled
from tests.fuel.test_reconciliation import drawn_up as reconciled
from tests.fuel.test_statements import JUNE, issued
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def sam(urumqi: TankFarm) -> User:
    """Another supervisor of the tank farm."""
    return build.user("sam", Role.SUPERVISOR, urumqi.site.organisation, at_site=urumqi.site)


def reversed_by(farm: TankFarm, actor: User, one: TankReconciliation, reason: str = "Wrong dip") -> TankReconciliation:
    return reverse_reconciliation(reconciliation=one, actor=actor, at=farm.tick(), reason=reason)


def made_void(farm: TankFarm, defuel: Defuel, **more: Any) -> Defuel:
    given = {"actor": farm.supervisor, "at": farm.tick(), "reason": "Keyed twice", **more}
    return defuels.void_defuel(defuel=defuel, **given)


def last_posting(document: Any) -> Any:
    return transactions_of(document_kind=document.kind, document_id=document.pk).order_by("-pk").first()


# Reconciliations


@pytest.mark.parametrize("physical_kg", ["619700", "620400"], ids=["loss", "gain"])
def test_a_reversed_reconciliation_gives_back_exactly_what_it_posted(
    urumqi: TankFarm, sam: User, physical_kg: str
) -> None:
    commingled(urumqi)
    before = (urumqi.lots_held(), urumqi.in_book())
    one = approved(urumqi, reconciled(urumqi, physical_kg))
    assert urumqi.held() == one.physical_kg
    after = reversed_by(urumqi, sam, one)
    assert (after.state, after.number, after.approved_by) == ("reversed", one.number, urumqi.supervisor)
    assert (urumqi.lots_held(), urumqi.in_book()) == before
    assert last_posting(one).occurred_at == one.ends_at - LAST_MOMENT
    assert list(verify()) == []


def test_the_tank_is_reconciled_again_to_the_same_gauge(urumqi: TankFarm, sam: User) -> None:
    commingled(urumqi)
    one = approved(urumqi, reconciled(urumqi, "619700"))
    reversed_by(urumqi, sam, one)
    again = reconciled(urumqi, "0", gauge=one.gauge)
    assert (again.begins_at, again.book_kg, again.gain_loss_kg) == (one.begins_at, one.book_kg, one.gain_loss_kg)
    assert {line.adjustments_kg for line in again.lines.all()} == {Decimal(0)}
    approved(urumqi, again)
    assert urumqi.held() == again.physical_kg


def test_or_to_another_and_the_wrong_gauge_is_made_void(urumqi: TankFarm, sam: User) -> None:
    commingled(urumqi)
    one = approved(urumqi, reconciled(urumqi, "619700"))
    void = {"gauge": one.gauge, "actor": urumqi.operator, "reason": "Wrong dip"}
    with pytest.raises(gauges.GaugeInUse):
        gauges.void_gauge(at=urumqi.tick(), **void)
    reversed_by(urumqi, sam, one)
    gauges.void_gauge(at=urumqi.tick(), **void)
    assert approved(urumqi, reconciled(urumqi, "619900")).begins_at == one.begins_at


def test_a_consignment_that_a_reconciliation_stood_before_can_be_reversed(urumqi: TankFarm, sam: User) -> None:
    urumqi.gauged("0")
    consignment = urumqi.released("320000")
    one = approved(urumqi, reconciled(urumqi, "319900"))
    given = {"consignment": consignment, "actor": urumqi.officer, "reason": "Wrong product"}
    with pytest.raises(LaterMovementsDepend, match=one.number):
        reverse_consignment(at=urumqi.tick(), **given)
    given["actor"] = sam
    reversed_by(urumqi, sam, one)
    # What customs accepted, customs takes back.
    with pytest.raises(NotAllowed):
        reverse_consignment(at=urumqi.tick(), **given)
    given["actor"] = urumqi.officer
    assert reverse_consignment(at=urumqi.tick(), **given).state == "reversed"
    assert (urumqi.held(), urumqi.in_book()) == (0, 0)


def test_another_officer_reverses_what_customs_approved_and_says_why(urumqi: TankFarm, sam: User) -> None:
    commingled(urumqi)
    tom = build.user("tom", Role.SUPERVISOR, urumqi.site.organisation, at_site=urumqi.site)
    one = reconciled(urumqi, "610000", actor=sam)
    reconciling.explain_reconciliation(reconciliation=one, explanation="A valve leaked", actor=tom, at=urumqi.tick())
    approved(urumqi, one)
    with pytest.raises(OwnWork):
        reversed_by(urumqi, urumqi.officer, one)
    for actor in (sam, tom, urumqi.operator, urumqi.supervisor, urumqi.auditor):
        with pytest.raises(NotAllowed):
            reversed_by(urumqi, actor, one)
    una = build.user("una", Role.CUSTOMS_OFFICER, urumqi.site.customs_office)
    with pytest.raises(NotAsRequired, match="why"):
        reversed_by(urumqi, una, one, reason=" ")
    assert reversed_by(urumqi, una, one).state == "reversed"


def test_only_the_last_approved_one_and_only_once(urumqi: TankFarm, sam: User) -> None:
    commingled(urumqi)
    first = reconciled(urumqi, "619700")
    with pytest.raises(WrongState):
        reversed_by(urumqi, sam, first)
    approved(urumqi, first)
    second = reconciled(urumqi, "619600")
    with pytest.raises(WrongState, match=second.number):
        reversed_by(urumqi, sam, first)
    approved(urumqi, second)
    with pytest.raises(WrongState, match=second.number):
        reversed_by(urumqi, sam, first)
    reversed_by(urumqi, sam, second)
    reversed_by(urumqi, sam, first)
    with pytest.raises(WrongState, match="Reversed"):
        reversed_by(urumqi, sam, first)
    assert urumqi.held() == 620_000


def test_not_when_its_period_is_closed(urumqi: TankFarm, sam: User) -> None:
    commingled(urumqi)
    one = approved(urumqi, reconciled(urumqi, "619700"))
    urumqi.tick(days=40)
    close_period(
        site=urumqi.site,
        through_date=date(2026, 6, 30),
        actor=sam,
        at=urumqi.now,
        explanation="Left open",
    )
    with pytest.raises(PeriodClosed):
        reversed_by(urumqi, sam, one)


def test_not_when_what_was_gained_has_left_since(urumqi: TankFarm, sam: User) -> None:
    urumqi.gauged("0")
    urumqi.released("320000")
    one = approved(urumqi, reconciled(urumqi, "320200"))
    assert one.gain_loss_kg > 0
    at = urumqi.tick()
    drained = move_fuel(
        movement="drain",
        from_tank=urumqi.tank,
        to_tank=urumqi.slops(),
        customs_status="bonded",
        mass_kg=urumqi.held().quantize(Decimal("0.001")),
        moved_at=at,
        actor=urumqi.operator,
        at=at,
        request_key=uuid4(),
    )
    with pytest.raises(LaterMovementsDepend, match=drained.number):
        reversed_by(urumqi, sam, one)


def test_a_reconciliation_is_reversed_on_its_page_and_leaves_the_course(urumqi: TankFarm, sam: User) -> None:
    commingled(urumqi)
    first = approved(urumqi, reconciled(urumqi, "619900"))
    second = approved(urumqi, reconciled(urumqi, "619700"))
    path = f"/fuel/reconciliations/{second.pk}/reverse/"
    assert path in signed_in(sam).get(f"/fuel/reconciliations/{second.pk}/").content.decode()
    assert path not in signed_in(urumqi.supervisor).get(f"/fuel/reconciliations/{second.pk}/").content.decode()
    assert "/reverse/" not in signed_in(sam).get(f"/fuel/reconciliations/{first.pk}/").content.decode()
    assert signed_in(sam).get(path).status_code == 200
    assert signed_in(urumqi.supervisor).post(path, {"reason": "Mine"}).status_code == 403
    page = signed_in(sam).post(path, {"reason": "Wrong dip"}, follow=True)
    assert TankReconciliation.objects.get(pk=second.pk).state == "reversed"
    assert [one.pk for one in page.context["course"].data.data] == [first.pk]
    shown = page.content.decode()
    assert "Reversed" in shown
    assert "Wrong dip" in shown


def test_a_reconciliation_is_reversed_over_the_api(urumqi: TankFarm, sam: User) -> None:
    commingled(urumqi)
    one = approved(urumqi, reconciled(urumqi, "619700"))
    path = f"tank-reconciliations/{one.pk}"
    assert read(sam, path)["acts"] == ["reverse"]
    assert read(urumqi.supervisor, path)["acts"] == []
    assert caller(sam).post(f"/api/v1/{path}/reverse/", {}, format="json").status_code == 422
    answer = done(sam, f"{path}/reverse", {"reason": "Wrong dip"})
    assert (answer["state"], answer["acts"], answer["number"]) == ("reversed", [], one.number)
    assert "Wrong dip" in {entry["reason"] for entry in read(sam, f"{path}/history")}
    listed = caller(sam).get("/api/v1/tank-reconciliations/?state=reversed").json()
    assert [row["number"] for row in listed["results"]] == [one.number]


# Defuels


def test_a_void_defuel_leaves_everything_as_before_it(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.matched("T-1")
    before = (urumqi.lots_held(), urumqi.in_book(), riding_uplifted(ticket))
    defuel = urumqi.defuelled(ticket, "2500")
    void = made_void(urumqi, defuel)
    assert (void.state, void.number, void.decided_by) == ("void", defuel.number, urumqi.supervisor)
    assert (urumqi.lots_held(), urumqi.in_book(), riding_uplifted(ticket)) == before
    assert urumqi.held(hold=Hold.BLOCKED) == 0
    assert last_posting(defuel).occurred_at == defuel.defuelled_at
    assert list(verify()) == []


def test_all_of_a_ticket_may_come_back_after_a_void_defuel(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.signed("T-1")
    made_void(urumqi, urumqi.defuelled(ticket, "8000"))
    again = urumqi.defuelled(ticket, "8000")
    assert sum(draw.mass_kg for draw in again.draws.all()) == 8000
    with pytest.raises(NotAsRequired):
        urumqi.defuelled(ticket, "0.8")


def test_its_ticket_is_made_void_or_turns_domestic_like_any_other(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    first, second = urumqi.signed("T-1"), urumqi.matched("T-2")
    for ticket in (first, second):
        defuel = urumqi.defuelled(ticket, "500")
        with pytest.raises(WrongState, match=defuel.number if ticket is first else ticket.number):
            _undone(urumqi, ticket, is_void=ticket is first)
        made_void(urumqi, defuel)
        _undone(urumqi, ticket, is_void=ticket is first)
    assert urumqi.held() == 92_000
    assert list(verify()) == []


def _undone(farm: TankFarm, ticket: Any, *, is_void: bool) -> None:
    given = {"ticket": ticket, "at": farm.tick(), "reason": "Not flown"}
    if is_void:
        void_ticket(**given, actor=farm.supervisor)
    else:
        reclassify_ticket(destination=_beijing(), **given, actor=farm.officer)


def _beijing() -> Airport:
    return Airport.objects.filter(iata_code="PEK").first() or airport("PEK", "CN")


def test_who_took_it_back_does_not_make_it_void(urumqi: TankFarm, sam: User) -> None:
    urumqi.released("100000")
    defuel = urumqi.defuelled(urumqi.signed("T-1"), "500", actor=sam)
    with pytest.raises(OwnWork):
        made_void(urumqi, defuel, actor=sam)
    for actor in (urumqi.operator, urumqi.auditor):
        with pytest.raises(NotAllowed):
            made_void(urumqi, defuel, actor=actor)
    with pytest.raises(NotAsRequired, match="why"):
        made_void(urumqi, defuel, reason="")
    assert made_void(urumqi, defuel, actor=urumqi.officer).state == "void"
    with pytest.raises(WrongState, match="Void"):
        made_void(urumqi, defuel)
    with pytest.raises(WrongState):
        defuels.release_defuel(defuel=defuel, actor=urumqi.supervisor, at=urumqi.tick())


def test_what_was_decided_stays(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.signed("T-1")
    back, slops = urumqi.defuelled(ticket, "500"), urumqi.defuelled(ticket, "500")
    defuels.release_defuel(defuel=back, actor=urumqi.supervisor, at=urumqi.tick())
    urumqi.slops()
    defuels.send_defuel_to_slops(defuel=slops, actor=urumqi.supervisor, at=urumqi.tick(), reason="Water")
    for defuel in (back, slops):
        with pytest.raises(WrongState):
            made_void(urumqi, defuel)


def test_where_its_day_is_closed_or_reconciled_it_is_posted_back_now(urumqi: TankFarm, sam: User) -> None:
    urumqi.gauged("0")
    urumqi.released("100000")
    first = urumqi.defuelled(urumqi.signed("T-1"), "500")
    approved(urumqi, reconciled(urumqi, "92500"))
    second = urumqi.defuelled(urumqi.signed("T-2", flight_number="Q102"), "500")
    assert last_posting(made_void(urumqi, first)).occurred_at == urumqi.now
    urumqi.tick(days=40)
    close_period(
        site=urumqi.site,
        through_date=date(2026, 6, 30),
        actor=sam,
        at=urumqi.now,
        explanation="Left open",
    )
    assert last_posting(made_void(urumqi, second)).occurred_at == urumqi.now
    assert list(verify()) == []


def test_a_void_defuel_is_not_credited_and_a_charged_one_stays(urumqi: TankFarm) -> None:
    urumqi.released("900000")
    f9(urumqi)
    ticket = urumqi.matched("T-1", mass_kg="10000")
    issued(urumqi)
    void, charged = urumqi.defuelled(ticket, "1000"), urumqi.defuelled(ticket, "2000")
    made_void(urumqi, void)
    july = {"from_date": date(2026, 7, 1), "through_date": date(2026, 7, 31)}
    assert waiting_for_statement(
        site=urumqi.site, airline=urumqi.airline, through_date=july["through_date"]
    ).defuels == [charged]
    urumqi.now = urumqi.now.replace(month=8, day=2)
    statement = issued(urumqi, **july)
    with pytest.raises(WrongState, match=statement.number):
        made_void(urumqi, charged)
    assert read(urumqi.supervisor, f"defuels/{charged.pk}")["acts"] == ["release", "slop"]


def test_a_void_defuel_alone_makes_no_airline_billed(urumqi: TankFarm) -> None:
    urumqi.released("900000")
    made = f9(urumqi)
    ticket = urumqi.matched("T-1", mass_kg="10000")
    issued(urumqi, **JUNE)
    defuel = urumqi.defuelled(ticket, "1000")
    type(made).objects.filter(pk=made.pk).update(valid_to_date=date(2026, 6, 30))
    july = {"site": urumqi.site, "from_date": date(2026, 7, 1), "through_date": date(2026, 7, 31)}
    assert airlines_to_bill(**july) == [urumqi.airline]
    made_void(urumqi, defuel)
    assert airlines_to_bill(**july) == []


def test_a_void_defuel_is_declared_as_out(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.matched("T-1", mass_kg="10000")
    made_void(urumqi, urumqi.defuelled(ticket, "2500"))
    assert drawn_up(urumqi).lines.get().quantity == 10_000


def test_not_while_a_declaration_counts_it_as_come_back(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.matched("T-1", mass_kg="10000")
    defuel = urumqi.defuelled(ticket, "2500")
    declaration = accepted(urumqi)
    with pytest.raises(WrongState, match=declaration.number):
        made_void(urumqi, defuel)
    declaration = declarations.release_declaration(declaration=declaration, actor=urumqi.officer, at=urumqi.tick())
    with pytest.raises(WrongState, match=declaration.number):
        made_void(urumqi, defuel)
    declarations.reverse_declaration(
        declaration=declaration, actor=urumqi.officer, at=urumqi.tick(), reason="Fuel was out"
    )
    made_void(urumqi, defuel)
    assert (urumqi.held(), urumqi.in_book()) == (90_000, 100_000)
    assert list(verify()) == []


def test_after_acceptance_or_release_the_book_deducts_it_again(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.matched("T-1", mass_kg="10000")
    declaration = accepted(urumqi)
    made_void(urumqi, urumqi.defuelled(ticket, "2500"))
    declarations.release_declaration(declaration=declaration, actor=urumqi.officer, at=urumqi.tick())
    assert (urumqi.held(), urumqi.in_book()) == (90_000, 90_000)
    defuel = urumqi.defuelled(ticket, "1000")
    assert urumqi.in_book() == 91_000
    made_void(urumqi, defuel)
    assert (urumqi.held(), urumqi.in_book()) == (90_000, 90_000)
    assert list(verify()) == []


def test_what_is_only_drawn_up_is_drawn_up_again(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.matched("T-1", mass_kg="10000")
    defuel = urumqi.defuelled(ticket, "2500")
    declaration = submitted(urumqi)
    made_void(urumqi, defuel)
    with pytest.raises(declarations.ChangedSinceDrawnUp):
        declarations.accept_declaration(
            declaration=declaration, declaration_number="940120261000000009", actor=urumqi.officer, at=urumqi.tick()
        )


def test_a_defuel_is_made_void_on_its_page(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    defuel = urumqi.defuelled(urumqi.signed("T-1"), "500")
    path = f"/fuel/defuels/{defuel.pk}/void/"
    assert path in signed_in(urumqi.supervisor).get(f"/fuel/defuels/{defuel.pk}/").content.decode()
    assert path not in signed_in(urumqi.operator).get(f"/fuel/defuels/{defuel.pk}/").content.decode()
    assert signed_in(urumqi.supervisor).get(path).status_code == 200
    assert signed_in(urumqi.operator).post(path, {"reason": "Mine"}).status_code == 403
    assert signed_in(urumqi.supervisor).post(path, {"reason": ""}).status_code == 200
    page = signed_in(urumqi.supervisor).post(path, {"reason": "Keyed twice"}, follow=True).content.decode()
    assert Defuel.objects.get().state == "void"
    assert "Void" in page
    assert "Keyed twice" in page
    assert defuel.number in signed_in(urumqi.operator).get("/fuel/defuels/?state=void").content.decode()


def test_a_defuel_is_made_void_over_the_api(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    defuel = urumqi.defuelled(urumqi.signed("T-1"), "500")
    path = f"defuels/{defuel.pk}"
    assert read(urumqi.supervisor, path)["acts"] == ["release", "slop", "void"]
    assert read(urumqi.operator, path)["acts"] == []
    assert caller(urumqi.supervisor).post(f"/api/v1/{path}/void/", {}, format="json").status_code == 422
    answer = done(urumqi.supervisor, f"{path}/void", {"reason": "Keyed twice"})
    assert (answer["state"], answer["acts"]) == ("void", [])
    assert caller(urumqi.supervisor).post(f"/api/v1/{path}/void/", {"reason": "x"}, format="json").status_code == 409
    assert "Keyed twice" in {entry["reason"] for entry in read(urumqi.supervisor, f"{path}/history")}
