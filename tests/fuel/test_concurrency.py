"""Eight threads in one tank farm: whatever they do at once, mass is conserved and nothing goes below zero."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum

from fuel.models import (
    ConsignmentReceipt,
    Defuel,
    DefuelDraw,
    DeliveryTicket,
    TicketDraw,
    TicketState,
)
from fuel.operations import defuels, tickets
from fuel.operations.reclassification import reclassify_ticket
from fuel.operations.tank_movements import move_fuel
from fuel.queries import contents_of_tanks
from ledger.postings import Hold
from ledger.queries import stock_in
from ledger.verification import verify
from registry.errors import RuleBroken
from tests.fuel.build import TankFarm, airport, fuel_tariff, tank_farm

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
        acts: list[Callable[[], object]] = [self.lift, self.take_in, self.take_back, self.transfer, self.turn]
        for _turn in range(ACTS_EACH):
            act = self.dice.choice(acts)
            try:
                act()
                self.done.append(act.__name__)
            except RuleBroken as broken:
                self.refused.append(broken)

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
        tickets.take_in_tickets(site=self.farm.site, details=rows, actor=self.farm.operator, at=self.farm.now)

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
                actor=self.farm.supervisor,
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
    received = ConsignmentReceipt.objects.aggregate(kg=Sum("mass_kg"))["kg"]
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
    """The account book still has every bonded kilogram that was not cleared for the domestic market."""
    cleared = DeliveryTicket.objects.filter(reclassification__isnull=False)
    out = cleared.aggregate(kg=Sum("reclassification__mass_kg"))["kg"] or Decimal(0)
    declared = Decimal("60000") * 2 + Decimal("45000.4") * 2
    return declared - out


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
            return tickets.take_in_tickets(site=farm.site, details=rows, actor=farm.operator, at=at)
        except RuleBroken as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(take_in, range(2)))
    assert DeliveryTicket.objects.count() == 5
    assert farm.held() == 6000
