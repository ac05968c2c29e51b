"""An airline's monthly declaration: whole, once, and the account book moves when customs releases it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from customs.checks import open_declarations
from customs.declarations import operations as declarations
from customs.declarations.operations import (
    BatchDeclarationNotAllowed,
    ChangedSinceDrawnUp,
    DrawnUpMeanwhile,
    NothingToDeclare,
)
from customs.models import (
    Declaration,
    DeclarationState,
    DeclaredDocument,
    Deduction,
    Regime,
    last_day_due,
    last_day_to_declare,
)
from customs.queries import book_readings, declaration_numbers_of
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_reading import content_of
from fuel.billing.statement_seal import seal_of
from fuel.billing.statements.operations import issue_statement
from fuel.checks import uplifts_not_declared
from fuel.defuels.operations import release_defuel, send_defuel_to_slops
from fuel.delivery_tickets.operations.declared import NotMatchedYet
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.delivery_tickets.operations.tickets import void_ticket
from fuel.models import DeliveryTicket, TicketState
from ledger.postings import Hold, Journal
from ledger.queries import balances
from ledger.verification import verify
from registry.errors import NotAllowed
from tests.fuel.build import TankFarm, airline, airport
from tests.fuel.declaring import JUNE, NUMBER, accepted, drawn_up, released, submitted
from tests.fuel.pricing import f9
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    urumqi.released("100000")  # 5 CNY a kilogram; synthetic rates: duty 9 %, consumption tax 0.5 CNY/kg, VAT 13 %
    return urumqi


def in_book(farm: TankFarm, hold: Hold) -> Decimal:
    rows = balances(places=[farm.book.place_id], journal=Journal.CUSTOMS)
    return sum((row.quantity for row in rows if row.hold == hold), Decimal(0))


def again(ticket: DeliveryTicket) -> DeliveryTicket:
    return DeliveryTicket.objects.get(pk=ticket.pk)


def test_the_book_pre_deducts_at_acceptance_and_deducts_at_release(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="8000")
    farm.matched("T-2", mass_kg="2000")
    declaration = submitted(farm)
    assert (in_book(farm, Hold.FREE), declaration.deduction) == (100000, Deduction.NONE)
    declaration = declarations.accept_declaration(
        declaration=declaration, declaration_number=NUMBER, actor=farm.officer, at=farm.tick()
    )
    assert (in_book(farm, Hold.FREE), in_book(farm, Hold.RESERVED)) == (90000, 10000)
    (reading,) = book_readings(book=farm.book)
    assert (reading.pre_decrease, reading.available) == (10000, 90000)
    assert declaration.deduction == Deduction.PRE_DEDUCTED
    assert again(ticket).state == TicketState.DECLARED
    declaration = declarations.release_declaration(declaration=declaration, actor=farm.officer, at=farm.tick())
    assert (in_book(farm, Hold.FREE), in_book(farm, Hold.RESERVED)) == (90000, 0)
    (reading,) = book_readings(book=farm.book)
    assert (reading.actual_decrease, reading.pre_decrease) == (10000, 0)
    assert farm.held() == 90000
    declaration = declarations.close_declaration(declaration=declaration, actor=farm.officer, at=farm.tick())
    assert declaration.deduction == Deduction.WRITTEN_OFF
    assert list(verify()) == []


def test_a_foreign_carrier_owes_nothing_and_what_was_suspended_is_released(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="10000")
    (line,) = released(farm).lines.all()
    assert (line.quantity, line.destination, line.net_mass_kg) == (10000, "KZ", 10000)
    assert (line.released_value_cny, line.released_duty_cny) == (50000, 4500)
    assert (line.released_consumption_tax_cny, line.released_vat_cny) == (5000, Decimal("7735.00"))
    assert line.tax_cny == 0


def test_a_chinese_carrier_owes_the_vat_on_the_value_without_what_it_is_relieved_of(farm: TankFarm) -> None:
    chinese = airline("C1", country="CN")
    farm.matched("T-1", mass_kg="10000", airline=chinese)
    (line,) = accepted(farm, declarant=chinese.organisation).lines.all()
    assert (line.duty_cny, line.consumption_tax_cny, line.vat_cny) == (0, 0, Decimal("6500.00"))  # 13 % of 50,000


def test_a_line_is_one_lot_to_one_country_and_every_ticket_stands_below_its_line(farm: TankFarm) -> None:
    turkey = airport("IST", "TR")
    farm.released("50000")
    farm.matched("T-1", mass_kg="98000")
    farm.matched("T-2", mass_kg="5000")  # 2,000 kg of the first consignment, 3,000 kg of the second
    farm.matched("T-3", mass_kg="1000", destination=turkey)
    declaration = drawn_up(farm)
    assert [(line.destination, line.quantity) for line in declaration.lines.order_by("row")] == [
        ("KZ", 100000),
        ("KZ", 3000),
        ("TR", 1000),
    ]
    by_ticket = [
        (one.document_number, one.quantity) for one in DeclaredDocument.objects.order_by("document_number", "line__row")
    ]
    assert [quantity for _number, quantity in by_ticket] == [98000, 2000, 3000, 1000]


def test_what_came_back_before_is_not_declared(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="10000")
    farm.defuelled(ticket, "2500")
    assert drawn_up(farm).lines.get().quantity == 7500


def test_the_same_request_gives_one_declaration_and_nothing_is_declared_twice(farm: TankFarm) -> None:
    farm.matched("T-1")
    key = uuid4()
    first = drawn_up(farm, request_key=key)
    assert drawn_up(farm, request_key=key).pk == first.pk
    with pytest.raises(DrawnUpMeanwhile, match=first.number):
        drawn_up(farm)
    declarations.submit_declaration(declaration=first, actor=farm.operator, at=farm.tick())
    declarations.accept_declaration(declaration=first, declaration_number=NUMBER, actor=farm.officer, at=farm.tick())
    with pytest.raises(NothingToDeclare):
        drawn_up(farm)


def test_a_ticket_that_came_late_stands_on_a_declaration_of_its_own(farm: TankFarm) -> None:
    farm.matched("T-1")
    late = farm.signed("T-2", flight_number="Q1802")
    with pytest.raises(NotMatchedYet, match=late.number):
        drawn_up(farm)
    void_ticket(ticket=late, actor=farm.supervisor, at=farm.tick(), reason="Wrong meter")
    accepted(farm)
    farm.matched("T-3", mass_kg="3000", delivered_at=farm.now.replace(month=6, day=20), flight_date=date(2026, 6, 20))
    assert accepted(farm, number="940120261000000002").lines.get().quantity == 3000


def test_the_database_refuses_a_document_on_two_standing_declarations(farm: TankFarm) -> None:
    farm.matched("T-1")
    drawn_up(farm)
    standing = DeclaredDocument.objects.get()
    standing.pk = None
    with pytest.raises(IntegrityError, match="document_declared_once"), transaction.atomic():
        standing.save()


def test_it_is_drawn_up_again_when_fuel_came_back_meanwhile(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="10000")
    declaration = submitted(farm)
    farm.defuelled(ticket, "2500")
    with pytest.raises(ChangedSinceDrawnUp, match="declares 10,000, but 7,500 are out") as refused:
        declarations.accept_declaration(
            declaration=declaration, declaration_number=NUMBER, actor=farm.officer, at=farm.tick()
        )
    assert refused.value.errors[0].figure == ticket.number
    assert Declaration.objects.get().state == DeclarationState.SUBMITTED
    declarations.return_declaration(declaration=declaration, actor=farm.officer, at=farm.tick(), reason="Came back")
    declaration = declarations.draw_up_again(declaration=declaration, actor=farm.operator, at=farm.tick())
    assert declaration.lines.get().quantity == 7500


def test_what_comes_back_between_acceptance_and_release_stays_in_the_book(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="10000")
    declaration = accepted(farm)
    release_defuel(defuel=farm.defuelled(ticket, "2500"), actor=farm.supervisor, at=farm.tick())
    declaration = declarations.release_declaration(declaration=declaration, actor=farm.officer, at=farm.tick())
    assert (in_book(farm, Hold.FREE), in_book(farm, Hold.RESERVED)) == (92500, 0)
    assert farm.held() == 92500
    assert DeclaredDocument.objects.get().deducted_quantity == 7500
    assert list(verify()) == []


def test_what_comes_back_after_release_the_book_holds_again(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="10000")
    declaration = released(farm)
    defuel = farm.defuelled(ticket, "2500")
    assert in_book(farm, Hold.FREE) == 92500
    send_defuel_to_slops(defuel=defuel, slop_tank=farm.slops(), actor=farm.supervisor, at=farm.tick(), reason="Water")
    # Slops are stock until they are destroyed.
    assert in_book(farm, Hold.FREE) == 92500
    with pytest.raises(ChangedSinceDrawnUp, match=ticket.number):
        declarations.reverse_declaration(
            declaration=declaration, actor=farm.officer, at=farm.tick(), reason="Wrong number"
        )
    assert list(verify()) == []


def test_a_flight_that_turned_domestic_after_release_is_not_deducted_twice(farm: TankFarm) -> None:
    domestic = airport("CGO", "CN")
    ticket = farm.matched("T-1", mass_kg="10000")
    declaration = accepted(farm)
    asked: dict[str, Any] = {"destination": domestic, "actor": farm.officer, "reason": "Diverted"}
    with pytest.raises(WrongState, match=declaration.number):
        reclassify_ticket(ticket=ticket, at=farm.tick(), **asked)
    declarations.release_declaration(declaration=declaration, actor=farm.officer, at=farm.tick())
    reclassify_ticket(ticket=ticket, at=farm.tick(), **asked)
    assert in_book(farm, Hold.FREE) == 90000
    assert list(verify()) == []


@pytest.mark.parametrize("carried", [drawn_up, submitted, accepted])
def test_a_void_declaration_frees_what_it_held_and_its_tickets_are_declared_anew(
    farm: TankFarm, carried: Callable[..., Declaration]
) -> None:
    ticket = farm.matched("T-1")
    declaration = carried(farm)
    actor = farm.officer if declaration.accepted_at else farm.operator
    declarations.void_declaration(declaration=declaration, actor=actor, at=farm.tick(), reason="Wrong month")
    assert (in_book(farm, Hold.FREE), in_book(farm, Hold.RESERVED)) == (100000, 0)
    assert again(ticket).state == TicketState.MATCHED
    assert released(farm).number != declaration.number
    assert in_book(farm, Hold.FREE) == 92000
    assert list(verify()) == []


def test_a_released_declaration_is_reversed_by_another_and_may_be_declared_anew(farm: TankFarm) -> None:
    ticket = farm.matched("T-1")
    declaration = released(farm)
    declarations.reverse_declaration(declaration=declaration, actor=farm.officer, at=farm.tick(), reason="Wrong number")
    assert in_book(farm, Hold.FREE) == 100000
    assert again(ticket).state == TicketState.MATCHED
    assert released(farm).lines.get().quantity == 8000
    assert list(verify()) == []


def test_an_accepted_declaration_is_not_given_up_by_who_prepared_it(farm: TankFarm) -> None:
    farm.matched("T-1")
    declaration = accepted(farm)
    farm.operator.memberships.create(organisation=farm.site.customs_office, role="customs_officer")
    with pytest.raises(OwnWork):
        declarations.void_declaration(declaration=declaration, actor=farm.operator, at=farm.tick(), reason="x")
    farm.operator.memberships.filter(role="customs_officer").delete()
    with pytest.raises(NotAllowed):
        declarations.void_declaration(declaration=declaration, actor=farm.supervisor, at=farm.tick(), reason="x")
    with pytest.raises(NotAllowed):
        declarations.void_declaration(declaration=declaration, actor=farm.operator, at=farm.tick(), reason="x")


def test_nobody_accepts_their_own_and_an_operator_accepts_nothing(farm: TankFarm) -> None:
    farm.matched("T-1")
    declaration = drawn_up(farm, actor=farm.supervisor)
    declarations.submit_declaration(declaration=declaration, actor=farm.supervisor, at=farm.tick())
    for actor, refusal in ((farm.supervisor, NotAllowed), (farm.operator, NotAllowed), (farm.auditor, NotAllowed)):
        with pytest.raises(refusal):
            declarations.accept_declaration(
                declaration=declaration, declaration_number=NUMBER, actor=actor, at=farm.tick()
            )


def test_the_customs_number_is_needed_and_stands_on_one_declaration(farm: TankFarm) -> None:
    chinese = airline("C1", country="CN")
    farm.matched("T-1")
    farm.matched("T-2", airline=chinese)
    accepted(farm)
    other = submitted(farm, declarant=chinese.organisation)
    for number in (" ", NUMBER):
        with pytest.raises(NotAsRequired) as refused:
            declarations.accept_declaration(
                declaration=other, declaration_number=number, actor=farm.officer, at=farm.tick()
            )
        assert refused.value.errors[0].field == "declaration_number"


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ({"through_date": date(2026, 7, 31)}, "days of one month"),
        ({"from_date": date(2026, 7, 1), "through_date": date(2026, 7, 31)}, "is not over yet"),
        ({"from_date": date(2026, 6, 30), "through_date": date(2026, 6, 1)}, "ends before it begins"),
    ],
)
def test_a_declaration_is_of_days_of_one_month_that_is_over(
    farm: TankFarm, days: dict[str, date], refusal: str
) -> None:
    farm.matched("T-1")
    with pytest.raises(NotAsRequired, match=refusal) as refused:
        drawn_up(farm, **days)
    assert refused.value.errors[0].field == "through_date"


def test_a_regime_that_takes_no_batch_takes_none(farm: TankFarm) -> None:
    farm.matched("T-1")
    Regime.objects.filter(code=farm.site.regime).update(allows_batch_declaration=False)
    with pytest.raises(BatchDeclarationNotAllowed):
        drawn_up(farm)


def test_what_left_is_declared_by_the_end_of_the_next_month_and_within_the_year() -> None:
    assert last_day_to_declare(date(2026, 1, 31)) == date(2026, 2, 28)
    assert last_day_to_declare(date(2026, 6, 30)) == date(2026, 7, 31)
    assert last_day_to_declare(date(2026, 12, 5)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "day",
    [date(2026, month, day) for month in (1, 2, 6, 12) for day in (1, 15, 28)]
    + [date(2026, 1, 31), date(2026, 6, 30), date(2026, 12, 31), date(2026, 12, 30)],
)
def test_what_is_due_on_a_day_is_what_had_to_be_declared_by_it(day: date) -> None:
    left = [date(2025, 11, 1) + timedelta(days=number) for number in range(430)]
    assert max(one for one in left if last_day_to_declare(one) <= day) == last_day_due(day)


def test_a_period_waits_for_uplifts_and_declarations_that_are_overdue(farm: TankFarm) -> None:
    farm.matched("T-1")
    assert uplifts_not_declared(farm.site, date(2026, 6, 30)) == []
    (item,) = uplifts_not_declared(farm.site, date(2026, 7, 31))
    assert str(item.label) == "Q1: 1 uplift is not declared"
    declaration = accepted(farm)
    assert uplifts_not_declared(farm.site, date(2026, 7, 31)) == []
    assert open_declarations(farm.site, date(2026, 7, 30)) == []
    (late,) = open_declarations(farm.site, date(2026, 7, 31))
    assert late.document_number == declaration.number
    declarations.release_declaration(declaration=declaration, actor=farm.officer, at=farm.tick())
    assert open_declarations(farm.site, date(2026, 7, 31)) == []


def test_everybody_who_lifted_is_drawn_up_for_each_on_its_own(farm: TankFarm) -> None:
    chinese = airline("C1", country="CN")
    idle = airline("D2")
    farm.matched("T-1")
    farm.matched("T-2", airline=chinese)
    signed = farm.signed("T-3", airline=chinese, flight_number="C1803")
    farm.now = farm.now.replace(month=7, day=2)
    asked: dict[str, Any] = {"book": farm.book, "declared_kind": DeliveryTicket.kind, **JUNE, "actor": farm.operator}
    drawn = declarations.draw_up_all(at=farm.tick(), request_key=uuid4(), **asked)
    assert [one.declarant for one in drawn.declarations] == [farm.airline.organisation]
    ((declarant, refused),) = drawn.refused
    assert (declarant, refused.code) == (chinese.organisation, "not-matched-yet")
    assert signed.number in str(refused)
    assert not Declaration.objects.filter(declarant=idle.organisation).exists()


def test_a_statement_names_the_declaration_of_each_uplift_in_every_format(farm: TankFarm) -> None:
    f9(farm)
    ticket = farm.matched("T-1")
    assert declaration_numbers_of(document_kind=ticket.kind, document_ids=[ticket.pk]) == {}
    accepted(farm)
    farm.matched("T-2", delivered_at=farm.now.replace(month=6, day=2), flight_date=date(2026, 6, 2))
    statement = issue_statement(
        site=farm.site, airline=farm.airline, **JUNE, actor=farm.supervisor, at=farm.tick(), request_key=uuid4()
    )
    content = content_of(statement)
    assert content.customs_references == [NUMBER]
    assert [line.customs_reference for line in content.lines] == [NUMBER, ""]
    for name in ("csv", "json", "xml"):
        assert b"".join(FORMATS[name].write(content)).count(NUMBER.encode()) >= 1
    assert statement.sha256 == seal_of(content)


def test_an_invoiced_ticket_is_declared_and_stays_invoiced(farm: TankFarm) -> None:
    f9(farm)
    ticket = farm.matched("T-1")
    farm.now = farm.now.replace(month=7, day=2)
    issue_statement(
        site=farm.site, airline=farm.airline, **JUNE, actor=farm.supervisor, at=farm.tick(), request_key=uuid4()
    )
    declaration = released(farm)
    assert again(ticket).state == TicketState.INVOICED
    declarations.reverse_declaration(declaration=declaration, actor=farm.officer, at=farm.tick(), reason="Wrong number")
    assert again(ticket).state == TicketState.INVOICED


def test_drawing_up_takes_as_many_queries_for_three_tickets_as_for_one(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="1000")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            declaration = accepted(farm)
            declarations.release_declaration(declaration=declaration, actor=farm.officer, at=farm.tick())
        declarations.reverse_declaration(declaration=declaration, actor=farm.officer, at=farm.tick(), reason="x")
        return len(captured)

    queries()
    one = queries()
    farm.now = farm.now.replace(month=6, day=20)
    farm.matched("T-2", mass_kg="1000")
    farm.matched("T-3", mass_kg="1000")
    assert queries() == one


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_draw_up_the_same_month_get_one(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    farm.released("100000")
    farm.matched("T-1")
    both = Barrier(2)
    farm.now = farm.now.replace(month=7, day=2)

    def draw() -> str:
        both.wait()
        try:
            drawn_up(farm)
        except DrawnUpMeanwhile as refused:
            return refused.code
        finally:
            connection.close()
        return "drawn"

    with ThreadPoolExecutor(2) as desks:
        outcomes = sorted(future.result() for future in [desks.submit(draw) for _ in range(2)])
    assert outcomes == ["drawn", "drawn-up-meanwhile"]
    assert Declaration.objects.count() == 1
