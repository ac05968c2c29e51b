"""Eight threads in one tank farm: whatever they do at once, mass is conserved and nothing goes below zero."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum

from customs.declarations import operations as declarations
from customs.models import Declaration, DeclarationLine
from fuel.consignments.operations import declaring, quality, receipts
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.defuels import operations as defuels
from fuel.delivery_tickets.operations import tickets
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.models import (
    ConsignmentReceipt,
    Defuel,
    DefuelDraw,
    DeliveryTicket,
    FuelConsignment,
    TicketDraw,
    TicketState,
)
from fuel.queries import contents_of_tanks, outstanding_loss
from fuel.tank_movements.operations import move_fuel
from ledger.postings import Hold, Journal
from ledger.queries import balances, stock_in
from ledger.verification import verify
from registry.errors import RuleBroken
from registry.models import Airline
from reports.reconciliation.statement import Scope, reconcile
from tests.customs.build import declaration_number
from tests.fuel.build import TankFarm, airline, airport, fuel_tariff, tank_farm
from tests.fuel.declaring import JUNE

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
ACTS_EACH = 12


class Hand:
    """One person of several who works in the tank farm, by a dice of their own."""

    def __init__(self, farm: TankFarm, number: int, seed: int) -> None:
        self.farm, self.number = farm, number
        self.dice = random.Random(seed * 1000 + number)
        self.refused: list[RuleBroken] = []
        self.done: list[str] = []
        self.domestic = farm.airport.__class__.objects.get(iata_code="CGO")

    def work(self) -> None:
        acts: list[Callable[[], object]] = [
            *(self.lift, self.take_in, self.take_back, self.transfer, self.turn, self.receive),
        ]
        for _turn in range(ACTS_EACH):
            act = self.dice.choice(acts)
            try:
                act()
                self.done.append(act.__name__)
            except RuleBroken as broken:
                self.refused.append(broken)

    def receive(self) -> None:
        """A truck is declared, accepted, measured a little short and released."""
        given: dict[str, Any] = {"at": self.farm.now}
        mass_kg = self.dice.randrange(800, 24_000, 8)
        consignment = declaring.advise_consignment(
            site=self.farm.site,
            details=self.farm.details(str(mass_kg)),
            actor=self.farm.operator,
            request_key=uuid4(),
            **given,
        )
        consignment = declaring.accept_consignment(consignment=consignment, actor=self.farm.officer, **given)
        row = ReceiptInput(
            tank=self.tank(),
            litres_observed=Decimal(mass_kg - self.dice.choice([0, 8])) / Decimal("0.8"),
            celsius=Decimal(15),
            density_at_base=Decimal("800.0"),
        )
        consignment = receipts.receive_consignment(
            consignment=consignment, receipts=[row], received_at=self.farm.now, actor=self.farm.operator, **given
        )
        quality.release_consignment(
            consignment=consignment,
            certificate_kind="rcq",
            certificate_number="RCQ-1",
            actor=self.farm.officer,
            **given,
        )

    def lift(self) -> None:
        status = self.dice.choice(["bonded", "bonded", "duty_paid"])
        kg = self.dice.randrange(8, 160_000, 8) / Decimal(10)
        ticket = tickets.record_ticket(
            site=self.farm.site,
            details=self.farm.ticket_details(
                f"{self.number}-{uuid4().hex[:12]}", mass_kg=str(kg), customs_status=status, tank=self.tank()
            ),
            actor=self.farm.operator,
            at=self.farm.now,
            request_key=uuid4(),
        )
        tickets.sign_ticket(ticket=ticket, actor=self.farm.operator, at=self.farm.now)

    def take_in(self) -> None:
        rows = [
            self.farm.ticket_details(f"{self.number}-{uuid4().hex[:12]}", mass_kg="2400.8", tank=self.tank())
            for _row in range(3)
        ]
        take_in_tickets(site=self.farm.site, details=rows, actor=self.farm.operator, at=self.farm.now)

    def take_back(self) -> None:
        ticket = self.some_ticket()
        if ticket is None:
            return
        defuel = defuels.record_defuel(
            ticket=ticket,
            tank=self.tank(),
            litres_observed=Decimal(self.dice.randrange(100, 9000)),
            celsius=Decimal(15),
            density_at_base=Decimal("800.0"),
            defuelled_at=self.farm.now,
            actor=self.farm.operator,
            at=self.farm.now,
            request_key=uuid4(),
        )
        defuels.release_defuel(defuel=defuel, actor=self.farm.supervisor, at=self.farm.now)

    def transfer(self) -> None:
        tanks = [self.farm.tank, self.farm.other_tank]
        self.dice.shuffle(tanks)
        move_fuel(
            movement="transfer",
            from_tank=tanks[0],
            to_tank=tanks[1],
            customs_status=self.dice.choice(["bonded", "duty_paid"]),
            mass_kg=Decimal(self.dice.randrange(1, 30_000)),
            moved_at=self.farm.now,
            actor=self.farm.operator,
            at=self.farm.now,
            request_key=uuid4(),
        )

    def turn(self) -> None:
        ticket = self.some_ticket()
        if ticket is not None:
            reclassify_ticket(
                ticket=ticket,
                destination=self.domestic,
                actor=self.farm.officer,
                at=self.farm.now,
                reason="Diverted",
            )

    def tank(self) -> object:
        return self.dice.choice([self.farm.tank, self.farm.other_tank])

    def some_ticket(self) -> DeliveryTicket | None:
        known = list(DeliveryTicket.objects.filter(state=TicketState.SIGNED).order_by("pk"))
        return self.dice.choice(known) if known else None


@pytest.mark.parametrize("seed", range(3))
def test_eight_hands_at_once_conserve_every_kilogram(seed: int) -> None:
    fuel_tariff()
    airport("CGO", "CN")
    farm = tank_farm()
    for tank in (farm.tank, farm.other_tank):
        farm.released("60000", tank=tank)
        farm.released("30000", tank=tank, customs_status="duty_paid")
        farm.released("45000.4", tank=tank)
    farm.tick(hours=1)
    hands = [Hand(farm, number, seed) for number in range(THREADS)]
    together = Barrier(THREADS)

    def run(hand: Hand) -> None:
        try:
            together.wait(timeout=30)
            hand.work()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(run, hands))
    assert sum(len(hand.done) for hand in hands) > THREADS

    received = ConsignmentReceipt.objects.aggregate(kg=Sum("mass_kg"))["kg"]
    lifted = TicketDraw.objects.aggregate(kg=Sum("mass_kg"))["kg"] or 0
    came_back = DefuelDraw.objects.aggregate(kg=Sum("mass_kg"))["kg"] or 0
    contents = contents_of_tanks([farm.tank, farm.other_tank])
    assert sum(tank.book_kg for tank in contents) == received - lifted + came_back
    for tank in contents:
        assert tank.book_kg == sum(lot.mass_kg for lot in tank.lots)
        assert 0 <= tank.bonded_kg <= tank.book_kg
    held = stock_in(place_ids=[farm.tank.place_id, farm.other_tank.place_id])
    assert all(row.quantity > 0 for row in held)
    assert not [row for row in held if row.hold == Hold.BLOCKED and not Defuel.objects.filter(state="held").exists()]
    assert farm.in_book() == bonded_left(farm)
    assert list(verify()) == []


def bonded_left(farm: TankFarm) -> Decimal:
    """The account book still has every bonded kilogram that was not cleared, and not lost within its tolerance."""
    cleared = DeliveryTicket.objects.filter(reclassification__isnull=False)
    out = cleared.aggregate(kg=Sum("reclassification__mass_kg"))["kg"] or Decimal(0)
    bonded = FuelConsignment.objects.filter(customs_status="bonded")
    declared = bonded.filter(accepted_at__isnull=False).aggregate(kg=Sum("document_mass_kg"))["kg"]
    written_off = sum(
        (one.transport_loss_kg for one in bonded.filter(state="released") if outstanding_loss(one) is None), Decimal(0)
    )
    return declared - out - written_off


class Clerk(Hand):
    """One of several who declare, decide, take back and clear what was lifted, all at once."""

    def work(self) -> None:
        acts: list[Callable[[], object]] = [
            *(self.draw_up, self.draw_up, self.submit, self.accept, self.accept, self.release),
            *(self.give_up, self.take_it_back, self.take_back, self.turn),
        ]
        for _turn in range(ACTS_EACH):
            act = self.dice.choice(acts)
            try:
                act()
                self.done.append(act.__name__)
            except RuleBroken as broken:
                self.refused.append(broken)

    def draw_up(self) -> None:
        declarant = self.dice.choice(list(Airline.objects.order_by("iata_code"))).organisation
        drawn = declarations.draw_up_declaration(
            book=self.farm.book,
            declared_kind=DeliveryTicket.kind,
            declarant=declarant,
            **JUNE,
            actor=self.farm.operator,
            at=self.july,
            request_key=uuid4(),
        )
        if self.dice.random() < 0.7:
            declarations.submit_declaration(declaration=drawn, actor=self.farm.operator, at=self.july)

    def submit(self) -> None:
        declarations.submit_declaration(declaration=self.one("draft"), actor=self.farm.operator, at=self.july)

    def accept(self) -> None:
        declarations.accept_declaration(
            declaration=self.one("submitted"),
            declaration_number=declaration_number(),
            actor=self.farm.officer,
            at=self.july,
        )

    def release(self) -> None:
        declarations.release_declaration(declaration=self.one("accepted"), actor=self.farm.officer, at=self.july)

    def give_up(self) -> None:
        state = self.dice.choice(["draft", "submitted", "accepted"])
        actor = self.farm.officer if state == "accepted" else self.farm.supervisor
        declarations.void_declaration(declaration=self.one(state), actor=actor, at=self.july, reason="Anew")

    def take_it_back(self) -> None:
        one = self.one("released")
        declarations.reverse_declaration(declaration=one, actor=self.farm.officer, at=self.july, reason="Anew")

    def one(self, state: str) -> Declaration:
        known = list(Declaration.objects.filter(state=state).order_by("pk"))
        if not known:
            raise RuleBroken("There is none.")
        return self.dice.choice(known)

    @property
    def july(self) -> datetime:
        return self.farm.now.replace(month=7, day=2)

    def some_ticket(self) -> DeliveryTicket | None:
        return self.dice.choice(list(DeliveryTicket.objects.order_by("pk")))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_declared_and_undone_at_once_book_and_floor_stay_explained(seed: int) -> None:
    fuel_tariff()
    airport("CGO", "CN")
    farm = tank_farm()
    farm.released("90000")
    farm.released("60000.8")
    for number, code in enumerate(("Q1", "C1", "D2")):
        carrier = farm.airline if code == "Q1" else airline(code)
        for nth in range(4):
            farm.matched(f"T-{number}{nth}", mass_kg=str(Decimal("9000.8") + nth * 800), airline=carrier)
    hands = [Clerk(farm, number, seed) for number in range(THREADS)]
    together = Barrier(THREADS)

    def run(hand: Clerk) -> None:
        try:
            together.wait(timeout=30)
            hand.work()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(run, hands))
    assert sum(len(hand.done) for hand in hands) > THREADS
    statement = reconcile(Scope(farm.book, date(2026, 6, 1), date(2026, 7, 31)))
    assert statement.unexplained == []
    held = balances(places=[farm.book.place_id], journal=Journal.CUSTOMS)
    assert all(row.quantity > 0 for row in held)
    set_apart = sum((row.quantity for row in held if row.hold == Hold.RESERVED), Decimal(0))
    lines = DeclarationLine.objects.filter(declaration__state="accepted")
    assert set_apart == (lines.aggregate(kg=Sum("quantity"))["kg"] or 0)
    assert list(verify()) == []


def test_one_ticket_signed_from_two_tablets_leaves_once(transactional_db: None) -> None:
    fuel_tariff()
    farm = tank_farm()
    farm.released("10000")
    ticket = farm.metered("T-1", mass_kg="8000")
    at = farm.tick()
    together = Barrier(2)

    def sign(_number: int) -> object:
        try:
            together.wait(timeout=20)
            return tickets.sign_ticket(ticket=ticket, actor=farm.operator, at=at)
        except RuleBroken as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(sign, range(2)))
    assert sum(isinstance(one, RuleBroken) for one in outcomes) == 1
    assert farm.held() == 2000


def test_the_same_file_from_two_desks_is_taken_in_once(transactional_db: None) -> None:
    fuel_tariff()
    farm = tank_farm()
    farm.released("10000")
    farm.tick(hours=1)
    rows = [farm.ticket_details(f"T-{number}", mass_kg="800") for number in range(5)]
    together = Barrier(2)
    at = farm.now + timedelta(minutes=1)

    def take_in(_number: int) -> object:
        try:
            together.wait(timeout=20)
            return take_in_tickets(site=farm.site, details=rows, actor=farm.operator, at=at)
        except RuleBroken as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(take_in, range(2)))
    assert DeliveryTicket.objects.count() == 5
    assert farm.held() == 6000
