"""A wrong ticket gives way to a corrected one, even after invoicing: stock, charge, dispute and evidence in one act."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from customs.declarations.operations import void_declaration
from documents.operations.documents import OwnWork, RequestKeyUsed, WrongState
from fuel.billing.airline_account import airline_account
from fuel.billing.charges.operations import AlreadyCredited, Right, credit_part, standing_charges
from fuel.billing.disputes import operations as disputes
from fuel.billing.statement_reading import content_of
from fuel.billing.statement_runs.operations import airlines_to_bill
from fuel.billing.statements.operations import NothingToBill, issue_statement, reissue_statement
from fuel.delivery_tickets.operations import matching, tickets
from fuel.delivery_tickets.operations.replacements import replace_ticket
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.delivery_tickets.operations.tickets import Picture
from fuel.models import AttachmentKind, Charge, ChargeKind, DeliveryTicket, Dispute, Statement, TicketState
from fuel.operations.plausibility import ExceptionsUnexplained
from fuel.operations.prices import NoPrice
from fuel.reconciliations.operations import reconciling
from ledger.operations import close_period
from ledger.postings import NotEnoughStock, PeriodClosed
from ledger.verification import verify
from registry.errors import NotAllowed, RuleBroken
from registry.models import Role
from registry.versions import ChangedMeanwhile, version_of
from tests.fuel import declaring
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract, f9, quote
from tests.registry import build
from tests.registry.conftest import signed_in

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}
PNG = b"\x89PNG\r\n\x1a\nsynthetic"


@pytest.fixture
def farm(priced: TankFarm) -> TankFarm:
    return priced


def issued(farm: TankFarm, **more: Any) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    given = {"site": farm.site, "airline": farm.airline, **JUNE, "actor": farm.supervisor, "at": farm.tick()}
    return issue_statement(**{**given, "request_key": uuid4(), **more})


def replaced(farm: TankFarm, wrong: DeliveryTicket, **more: Any) -> DeliveryTicket:
    """The ticket with other figures; 52,000 kg where nothing else is said."""
    how = {
        "reason": "Litres of another flight",
        "evidence": "Meter log of R-1",
        "actor": farm.supervisor,
        "at": farm.tick(),
        "request_key": uuid4(),
        "pictures": (),
    }
    how |= {name: more.pop(name) for name in list(more) if name in how}
    said = {
        "mass_kg": "52000",
        "flight_number": wrong.flight_number,
        "flight_date": wrong.flight_date,
        "delivered_at": wrong.delivered_at,
        **more,
    }
    number = said.pop("ticket_number", wrong.ticket_number)
    return replace_ticket(ticket=wrong, details=farm.ticket_details(number, **said), **how)


def again(ticket: DeliveryTicket) -> DeliveryTicket:
    return DeliveryTicket.objects.get(pk=ticket.pk)


def matched_by_another(farm: TankFarm, ticket: DeliveryTicket) -> DeliveryTicket:
    return matching.match_ticket(ticket=ticket, actor=farm.officer, at=farm.tick(), reason="As the meter's log")


def disputed(farm: TankFarm, ticket: DeliveryTicket) -> Dispute:
    charge = standing_charges([ticket.pk])[ticket.pk]
    amelia = build.user("amelia", Role.AIRLINE, farm.airline.organisation)
    return disputes.raise_dispute(
        charge=charge, ground="quantity", message="52 t", actor=amelia, at=farm.tick(), request_key=uuid4()
    )


@pytest.mark.django_db
def test_a_disputed_ticket_is_replaced_and_the_next_statement_shows_credit_and_new_charge(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    statement = issued(farm)
    dispute = disputed(farm, wrong)
    before = farm.held()
    # What became of prices since is not the old charge's, and is the new one's.
    quote(date(2026, 5, 29), "103.00")
    corrected = replaced(farm, wrong)
    wrong = again(wrong)
    assert (wrong.state, corrected.state) == (TicketState.VOID, TicketState.SIGNED)
    assert (corrected.replaces, wrong.replaced_by) == (wrong, corrected)
    assert (corrected.evidence, corrected.ticket_number) == ("Meter log of R-1", "T-1")
    assert farm.held() == before + Decimal(54321) - 52000
    dispute = Dispute.objects.get(pk=dispute.pk)
    assert (dispute.state, dispute.decided_by) == ("credited", farm.supervisor)
    assert dispute.messages.last().text == "Litres of another flight"
    uplift, credit, rebill = Charge.objects.order_by("pk")
    assert (credit.kind, credit.corrects, credit.unit_price) == ("credit", uplift, uplift.unit_price)
    assert (credit.net_amount, credit.mass_kg) == (-uplift.net_amount, -54321)
    # (103.00 + 3.20) × 7.90 + 28.50 = 867.48 a tonne
    assert (rebill.kind, rebill.corrects, rebill.ticket) == ("rebill", uplift, corrected)
    assert (rebill.mass_kg, rebill.unit_price, rebill.net_amount) == (52000, Decimal("867.48"), Decimal("45108.96"))
    frozen = list(content_of(Statement.objects.get(pk=statement.pk)).lines)
    assert [(line.kind, line.net_amount) for line in frozen] == [("uplift", uplift.net_amount)]
    matched_by_another(farm, corrected)
    following = issued(farm, through_date=date(2026, 7, 1))
    lines = list(content_of(following).lines)
    assert [(line.kind, line.corrects_statement, line.mass_kg) for line in lines] == [
        ("credit", statement.number, -54321),
        ("rebill", statement.number, 52000),
    ]
    assert following.closing == rebill.total_amount
    corrected = again(corrected)
    assert corrected.state == TicketState.INVOICED
    # Nothing of either is charged again.
    with pytest.raises(NothingToBill):
        issued(farm, through_date=date(2026, 7, 1))
    assert not list(verify())


@pytest.mark.django_db
def test_the_statement_that_is_issued_again_shows_credit_and_new_charge_beside_the_line(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    statement = issued(farm)
    corrected = replaced(farm, wrong)
    with pytest.raises(NothingToBill):
        reissue_statement(statement=statement, actor=farm.supervisor, at=farm.tick(), reason="x")
    matched_by_another(farm, corrected)
    reissued = reissue_statement(statement=statement, actor=farm.supervisor, at=farm.tick(), reason="x")
    lines = list(content_of(reissued).lines)
    assert [(line.kind, line.corrects_row) for line in lines] == [("uplift", None), ("credit", 1), ("rebill", 1)]
    corrected = again(corrected)
    assert corrected.state == TicketState.INVOICED


@pytest.mark.django_db
def test_credit_and_new_charge_wait_until_somebody_else_has_matched_the_corrected_ticket(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    corrected = replaced(farm, wrong)
    given = {"from_date": date(2026, 7, 1), "through_date": date(2026, 7, 1)}
    with pytest.raises(NothingToBill):
        issued(farm, **given)
    build.grant(farm.operator, Role.SUPERVISOR, farm.site.organisation, at_site=farm.site)
    for actor in (farm.supervisor, farm.operator):
        with pytest.raises(OwnWork):
            matching.match_ticket(ticket=corrected, actor=actor, at=farm.tick(), reason="x")
    account = airline_account(airlines=[farm.airline], first_days=[date(2026, 6, 1)])
    assert (account.not_charged, account.months[0].lifted.uplifts) == (0, 1)
    matched_by_another(farm, corrected)
    assert airlines_to_bill(site=farm.site, **given) == [farm.airline]
    assert issued(farm, **given).mass_kg == Decimal(52000) - 54321


@pytest.mark.django_db
def test_a_part_that_was_credited_before_is_not_credited_twice(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    charge = standing_charges([wrong.pk])[wrong.pk]
    right = Right(net_amount=charge.net_amount - 1000)
    credit_part(charge=charge, right=right, reason="Agreed", actor=farm.supervisor, at=farm.tick())
    corrected = replaced(farm, wrong)
    rebill = standing_charges([corrected.pk])[corrected.pk]
    assert sum(one.net_amount for one in Charge.objects.all()) == rebill.net_amount
    with pytest.raises(AlreadyCredited):
        credit_part(charge=charge, right=right, reason="x", actor=farm.supervisor, at=farm.tick())


@pytest.mark.django_db
def test_a_ticket_that_is_not_charged_is_replaced_and_charged_once(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    corrected = replaced(farm, wrong)
    assert not Charge.objects.exists()
    matched_by_another(farm, corrected)
    statement = issued(farm)
    assert [(line.kind, line.document_number) for line in content_of(statement).lines] == [("uplift", corrected.number)]


@pytest.mark.django_db
def test_a_ticket_of_another_airline_is_credited_to_the_one_and_charged_to_the_other(farm: TankFarm) -> None:
    other = airline("Q2")
    contract(farm, number="FC-2", airline=other)
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    corrected = replaced(farm, wrong, airline=other, flight_number="Q2801", mass_kg="54321")
    matched_by_another(farm, corrected)
    through = {"through_date": date(2026, 7, 1)}
    assert [line.kind for line in content_of(issued(farm, **through)).lines] == ["credit"]
    (line,) = content_of(issued(farm, airline=other, **through)).lines
    assert (line.kind, line.corrects_statement, line.document_number) == ("uplift", "", corrected.number)
    client = signed_in(build.user("amelia", Role.AIRLINE, farm.airline.organisation))
    assert corrected.number not in client.get(wrong.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_same_request_twice_gives_one_and_a_second_is_told_what_replaced_it(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    key = uuid4()
    corrected = replaced(farm, wrong, request_key=key)
    assert replaced(farm, wrong, request_key=key) == corrected
    with pytest.raises(WrongState, match=corrected.number):
        replaced(farm, wrong)
    other = farm.signed("T-2")
    with pytest.raises(RequestKeyUsed):
        replaced(farm, other, request_key=key)
    assert DeliveryTicket.objects.filter(replaces=wrong).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryTicket.objects.filter(pk=other.pk).update(replaces=wrong, evidence="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryTicket.objects.filter(pk=other.pk).update(replaces=other.pk, evidence="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryTicket.objects.filter(pk=corrected.pk).update(evidence="")


@pytest.mark.django_db
def test_nobody_replaces_alone_what_they_wrote_and_nobody_but_a_supervisor(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    for actor in (farm.operator, farm.auditor, farm.officer):
        with pytest.raises(NotAllowed):
            replaced(farm, wrong, actor=actor)
    build.grant(farm.operator, Role.SUPERVISOR, farm.site.organisation, at_site=farm.site)
    with pytest.raises(OwnWork):
        replaced(farm, wrong, actor=farm.operator)
    # Nor does who wrote the corrected one correct it again, or make it void once it is charged.
    issued(farm)
    corrected = replaced(farm, wrong)
    with pytest.raises(OwnWork):
        replaced(farm, corrected, mass_kg="51000")
    with pytest.raises(WrongState, match="charged already"):
        tickets.void_ticket(ticket=corrected, actor=farm.officer, at=farm.tick(), reason="x")
    steve = build.user("steve", Role.SUPERVISOR, farm.site.organisation, at_site=farm.site)
    third = replaced(farm, corrected, mass_kg="51000", actor=steve)
    assert [one.kind for one in Charge.objects.order_by("pk")] == ["uplift", "credit", "rebill", "credit", "rebill"]
    assert sum(one.mass_kg for one in Charge.objects.all()) == third.mass_kg == 51000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"evidence": " "}, "evidence"),
        ({"mass_kg": None}, "litres_observed"),
        ({"signatory": " "}, "signatory"),
        ({"density_at_base": Decimal(5000)}, "density_at_base"),
        ({"mass_kg": "54321"}, ""),  # as it was
    ],
)
def test_a_correction_that_cannot_be_accepted_leaves_everything_as_it_was(
    farm: TankFarm, said: dict[str, Any], field: str
) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    held = farm.held()
    with pytest.raises(RuleBroken) as refused:
        replaced(farm, wrong, **said)
    assert refused.value.errors[0].field == field
    wrong = again(wrong)
    assert (wrong.state, farm.held()) == (TicketState.INVOICED, held)
    assert not Charge.objects.filter(kind=ChargeKind.CREDIT).exists()


@pytest.mark.django_db
def test_what_is_implausible_of_the_corrected_ticket_is_asked_back(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    requested = {"requested_litres": Decimal(10000)}
    with pytest.raises(ExceptionsUnexplained):
        replaced(farm, wrong, **requested)
    corrected = replaced(farm, wrong, **requested, explanations={"": "More cargo"})
    assert corrected.exceptions.filter(explanation="More cargo").exists()


@pytest.mark.django_db
def test_the_wrong_ticket_keeps_its_signature_and_the_corrected_one_has_its_own_evidence(farm: TankFarm) -> None:
    wrong = farm.metered("T-1", mass_kg="54321")
    drawn = Picture(kind=AttachmentKind.SIGNATURE, content=PNG)
    wrong = tickets.sign_ticket(ticket=wrong, pictures=[drawn], actor=farm.operator, at=farm.tick())
    log = Picture(kind=AttachmentKind.PHOTO, content=PNG + b"log")
    corrected = replaced(farm, wrong, pictures=[log])
    assert [one.kind for one in wrong.attachments.all()] == ["signature"]
    assert [(one.kind, bytes(one.content)) for one in corrected.attachments.all()] == [("photo", log.content)]
    # Who fuelled is who fuelled; who corrected is who corrected.
    assert (corrected.signed_by, corrected.prepared_by) == (farm.operator, farm.supervisor)
    assert wrong.history.first().history_change_reason == "Litres of another flight"


@pytest.mark.django_db
def test_a_file_that_comes_again_with_the_wrong_figures_knows_the_ticket_that_gave_way(farm: TankFarm) -> None:
    farm.tick()
    details = farm.ticket_details("T-1", mass_kg="54321")
    (wrong,) = take_in_tickets(site=farm.site, details=[details], actor=farm.operator, at=farm.tick()).new
    replaced(farm, wrong, ticket_number="T-1A")
    taken = take_in_tickets(site=farm.site, details=[details], actor=farm.operator, at=farm.tick())
    assert (taken.new, taken.known) == ([], [wrong])


@pytest.mark.django_db
def test_a_ticket_that_customs_has_on_a_declaration_is_replaced_once_customs_has_undone_that(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    declaration = declaring.accepted(farm)
    with pytest.raises(WrongState, match=declaring.NUMBER) as refused:
        replaced(farm, wrong)
    assert refused.value.errors[0].figure == declaring.NUMBER
    issued(farm)
    with pytest.raises(WrongState, match=declaration.number):
        replaced(farm, wrong)
    void_declaration(declaration=declaration, actor=farm.officer, at=farm.tick(), reason="Wrong ticket")
    corrected = matched_by_another(farm, replaced(farm, wrong))
    anew = declaring.drawn_up(farm)
    assert sum(line.quantity for line in anew.lines.all()) == corrected.mass_kg == 52000


@pytest.mark.django_db
def test_fuel_that_was_taken_back_stands_in_the_way(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    defuel = farm.defuelled(wrong, "4000")
    with pytest.raises(WrongState, match=defuel.number):
        replaced(farm, wrong)


@pytest.mark.django_db
def test_what_was_not_in_the_tank_then_is_refused_by_its_figures(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    for number in range(5):
        farm.signed(f"T-2{number}", mass_kg="160000")
    with pytest.raises(NotEnoughStock, match="110,000 kg asked"):
        replaced(farm, wrong, mass_kg="110000")
    wrong = again(wrong)
    assert wrong.state == TicketState.MATCHED


@pytest.mark.django_db
def test_in_settled_days_the_correction_takes_effect_now(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    farm.now += timedelta(days=5)
    close_period(site_id=farm.site.pk, through=date(2026, 6, 30), actor_id=farm.supervisor.pk, at=farm.tick())
    held = farm.held()
    corrected = replaced(farm, wrong)
    assert farm.held() == held + Decimal(54321) - 52000
    assert corrected.delivered_at == wrong.delivered_at
    assert not list(verify())
    # It is charged by the day of its delivery all the same.
    assert standing_charges([corrected.pk])[corrected.pk].delivered_at == wrong.delivered_at
    late = farm.metered("T-3", delivered_at=wrong.delivered_at, flight_date=wrong.flight_date)
    with pytest.raises(PeriodClosed):
        tickets.sign_ticket(ticket=late, actor=farm.operator, at=farm.tick())


@pytest.mark.django_db
def test_an_approved_reconciliation_between_is_left_as_it_is(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("100000")
    wrong = urumqi.signed("T-1", mass_kg="8000")
    gauge = urumqi.gauged("92000")
    drawn = reconciling.draw_up_reconciliation(
        tank=gauge.tank, gauge=gauge, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4()
    )
    reconciling.approve_reconciliation(reconciliation=drawn, actor=urumqi.supervisor, at=urumqi.tick())
    replaced(urumqi, wrong, mass_kg="7000")
    gauge = urumqi.gauged("92000")
    two = reconciling.draw_up_reconciliation(
        tank=gauge.tank, gauge=gauge, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4()
    )
    assert sum(line.opening_kg for line in two.lines.all()) == drawn.physical_kg
    assert two.gain_loss_kg == two.physical_kg - drawn.physical_kg - 1000


@pytest.mark.django_db
def test_a_corrected_ticket_that_has_no_price_is_refused_by_what_is_missing(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    with pytest.raises(NoPrice):
        replaced(farm, wrong, delivered_at=wrong.delivered_at + timedelta(days=30), flight_date=date(2026, 7, 1))
    assert Charge.objects.count() == 1


@pytest.mark.django_db
def test_a_replacement_holds_for_what_was_in_view(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    wrong.seen_version = version_of(wrong)
    issued(farm)
    with pytest.raises(ChangedMeanwhile):
        replaced(farm, wrong)


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_as_a_credit_and_another_replacement_one_of_them_goes_first(
    committed_urumqi: TankFarm,
) -> None:
    farm = committed_urumqi
    farm.released("900000")
    f9(farm)
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    charge = standing_charges([wrong.pk])[wrong.pk]
    at, begin = farm.tick(), Barrier(3)

    def replace() -> None:
        begin.wait()
        try:
            replaced(farm, wrong, at=at)
        except RuleBroken as refused:
            told.append(refused)
        finally:
            connection.close()

    def credit() -> None:
        begin.wait()
        try:
            right = Right(net_amount=charge.net_amount - 1000)
            credit_part(charge=charge, right=right, reason="x", actor=farm.supervisor, at=at)
        except RuleBroken as refused:
            told.append(refused)
        finally:
            connection.close()

    told: list[RuleBroken] = []
    with ThreadPoolExecutor(3) as hands:
        list(hands.map(lambda act: act(), [replace, replace, credit]))
    (corrected,) = DeliveryTicket.objects.filter(replaces=wrong)
    assert {type(one) for one in told} <= {WrongState, AlreadyCredited}
    assert WrongState in {type(one) for one in told}
    rebill = standing_charges([corrected.pk])[corrected.pk]
    assert sum(one.net_amount for one in Charge.objects.all()) == rebill.net_amount
    assert farm.held() == Decimal(900000) - 52000
    assert not list(verify())


@pytest.mark.django_db
def test_replaced_on_its_page_with_nothing_lost_at_a_refusal(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    dispute = disputed(farm, wrong)
    client = signed_in(farm.supervisor)
    url = f"/fuel/tickets/{wrong.pk}/replace/"
    assert url in client.get(dispute.get_absolute_url()).content.decode()
    assert url in client.get(wrong.get_absolute_url()).content.decode()
    page = client.get(url)
    form = page.context["form"]
    begins = {name: form[name].value() for name in form.fields}
    assert (begins["ticket_number"], Decimal(begins["litres_observed"])) == ("T-1", wrong.litres_observed)
    sent = {name: value for name, value in begins.items() if value not in (None, "", False)}
    sent |= {
        "flight_date": wrong.flight_date.isoformat(),
        "delivered_at": form["delivered_at"].value().strftime("%Y-%m-%dT%H:%M:%S"),
        "litres_observed": "65000",
        "reason": "Litres of another flight",
        "evidence": "",
        "request_key": str(uuid4()),
    }
    refused = client.post(url, sent)
    assert refused.status_code in {200, 422}
    kept = refused.context["form"]
    assert (kept["litres_observed"].value(), kept["reason"].value()) == ("65000", "Litres of another flight")
    answer = client.post(url, {**sent, "evidence": "Meter log of R-1"})
    corrected = DeliveryTicket.objects.get(replaces=wrong)
    assert answer["Location"] == corrected.get_absolute_url()
    assert corrected.litres_observed == 65000
    for one, other in ((wrong, corrected), (corrected, wrong)):
        assert other.number in client.get(one.get_absolute_url()).content.decode()
    assert "Meter log of R-1" in client.get(corrected.get_absolute_url()).content.decode()
    amelia = signed_in(dispute.prepared_by)
    told = amelia.get(wrong.get_absolute_url()).content.decode()
    assert corrected.number in told
    assert url not in told


@pytest.mark.django_db
def test_replaced_over_the_api(farm: TankFarm) -> None:
    wrong = farm.matched("T-1", mass_kg="54321")
    issued(farm)
    client = signed_in(farm.supervisor)
    told = client.get(f"/api/v1/tickets/{wrong.pk}/").json()
    assert "replace" in told["acts"]
    asked = {name: value for name, value in told.items() if name not in {"acts", "draws", "exceptions"}}
    asked |= {"litres_observed": "65000", "reason": "Another flight's", "evidence": "Meter log"}
    url = f"/api/v1/tickets/{wrong.pk}/replace/"
    key = {"headers": {"Idempotency-Key": str(uuid4())}}
    answer = client.post(url, asked, content_type="application/json", **key)
    assert answer.status_code == 201, answer.json()
    made = answer.json()
    assert (made["replaces"], made["evidence"], made["state"]) == (wrong.number, "Meter log", "signed")
    assert client.post(url, asked, content_type="application/json", **key).json()["number"] == made["number"]
    assert client.get(f"/api/v1/tickets/{wrong.pk}/").json()["replaced_by"] == made["number"]
    late = client.post(url, asked, content_type="application/json")
    assert late.status_code == 409
    assert "changed-meanwhile" in late.json()["type"]


@pytest.mark.django_db
def test_three_corrected_tickets_are_billed_with_as_many_queries_as_one(farm: TankFarm) -> None:
    counts = []
    for day, number in ((2, 1), (4, 3)):
        farm.now = farm.now.replace(month=6, day=1)
        wrong = [farm.matched(f"T-{number}{nth}", mass_kg="1000") for nth in range(number)]
        farm.now = farm.now.replace(month=7, day=day + 1)
        issued(farm, through_date=date(2026, 7, day))
        for one in wrong:
            matched_by_another(farm, replaced(farm, one, mass_kg="1100"))
        farm.now = farm.now.replace(day=day + 2)
        with CaptureQueriesContext(connection) as captured:
            issued(farm, through_date=date(2026, 7, day + 1))
        counts.append(len(captured))
    assert len(set(counts)) == 1
