"""How jet fuel comes to the tank farm: by train, declared, measured into a tank, released by its certificate."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from fuel.consignments.operations import declaring, quality, receipts
from fuel.consignments.operations.declaring import ConsignmentDetails
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.models import Tank
from reports.demo.calendar import CUSTOMS_TIME
from reports.demo.tank_farm import TankFarm

TRAIN_KG = 3_900_000
# Trains come for a tank as soon as it holds less.
LOW_KG = 3_500_000
# About what a train fills a tank with.
KG_PER_M3 = 790
CENT = Decimal("0.01")


@transaction.atomic
def receive(farm: TankFarm, day: date) -> None:
    """A train for every tank that runs low: declared, measured into it, released the next hours."""
    for number, tank in enumerate(farm.tanks):
        if farm.held_kg[tank.pk] > LOW_KG:
            continue
        for which in range(2 if number < 2 else 1):
            at = datetime.combine(day, time(1 + which, 10 + number), CUSTOMS_TIME)
            kg = Decimal(TRAIN_KG + farm.chance.randrange(-90_000, 90_000))
            held_kg = farm.held_kg[tank.pk] + farm.duty_paid_kg[tank.pk]
            if held_kg + kg > (tank.safe_fill_m3 or 0) * KG_PER_M3:
                continue
            # A commingled tank gets duty-paid fuel for domestic flights now and then.
            is_besides = number < 2 and which == 1 and farm.chance.random() < 0.08
            carry_train(farm, tank, train(farm, tank, kg, at, f"{number:03d}{which:03d}", is_besides=is_besides), at)


def train(
    farm: TankFarm, tank: Tank, kg: Decimal, at: datetime, number: str, *, is_besides: bool = False
) -> ConsignmentDetails:
    is_bonded = tank.customs_status != "duty_paid" and not is_besides
    return ConsignmentDetails(
        customs_status="bonded" if is_bonded else "duty_paid",
        source="abroad" if is_bonded else "domestic",
        transport="rail",
        book=farm.book if is_bonded else None,
        supplier=farm.supplier,
        product=farm.product,
        origin="KZ" if is_bonded else "CN",
        document_mass_kg=kg,
        document_density_15c=Decimal("799.6"),
        invoice_value=(kg * Decimal("0.69")).quantize(CENT) if is_bonded else Decimal(0),
        currency="USD" if is_bonded else "CNY",
        declaration_number=f"9402{at:%Y%m%d}{number}" if is_bonded else "",
        vehicles=f"{farm.chance.randint(66, 74)} tank cars",
        seals=f"KZ{farm.chance.randint(100000, 999999)} ff.",
        loss_tolerance_percent=Decimal("0.3"),
    )


def carry_train(
    farm: TankFarm, tank: Tank, details: ConsignmentDetails, at: datetime, *, left_in: str = "released"
) -> None:
    """Advise a train, have it accepted, measure it into its tank and release it; or leave it on the way there."""
    consignment = declaring.advise_consignment(
        site=farm.site, details=details, actor=farm.operator, at=at, request_key=farm.key()
    )
    farm.told["fuel consignments"] += 1
    if left_in == "advised":
        return
    if details.book is not None:
        consignment = declaring.accept_consignment(consignment=consignment, actor=farm.crew.officer, at=at)
    if left_in == "accepted":
        return
    lost = Decimal(farm.chance.randint(2, 22)) / 10_000
    litres = (details.document_mass_kg * (1 - lost) / Decimal("0.7996")).quantize(Decimal(1))
    row = ReceiptInput(tank=tank, litres_observed=litres, celsius=Decimal(15), density_at_base=Decimal("799.6"))
    later = at + timedelta(hours=1)
    consignment = receipts.receive_consignment(
        consignment=consignment, receipts=[row], received_at=later, actor=farm.operator, at=later
    )
    if left_in == "gauged":
        return
    quality.release_consignment(
        consignment=consignment,
        certificate_kind="rcq",
        certificate_number=f"RCQ-{at:%y%m%d}-{tank.code}",
        specification="GB 6537",
        actor=farm.crew.officer if details.book is not None else farm.crew.supervisor,
        at=later + timedelta(minutes=30),
    )
    is_besides = not tank.customs_status and details.book is None
    (farm.duty_paid_kg if is_besides else farm.held_kg)[tank.pk] += consignment.received_mass_kg or 0
