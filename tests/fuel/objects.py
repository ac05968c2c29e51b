"""A consignment and a tank movement at a site that is there already, for the test of who is answered what."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from fuel.operations import consignments, quality, receipts, tank_movements, tanks
from fuel.operations.consignments import ConsignmentDetails
from fuel.operations.receipts import ReceiptInput
from registry.models import OrganisationKind
from tests.bonded.build import JANUARY, Warehouse
from tests.registry import build


def fuel_objects(there: Warehouse, product: Any) -> dict[str, Any]:
    """By the word that its addresses begin with the id of one of each."""
    site, at = there.site, there.tick()
    details = ConsignmentDetails(
        customs_status="duty_paid",
        source="domestic",
        supplier=build.organisation("FUEL-SUPPLIER", OrganisationKind.FUEL_SUPPLIER),
        product=product,
        document_mass_kg=Decimal(800),
    )
    group = tanks.open_tank_group(site=site, code="NORTH", mode="book", actor=None, at=at)
    tank = tanks.open_tank(group=group, code="T-1", product=product, customs_status="", actor=None, at=at)
    tanks.set_measurement_basis(site=site, valid_from_date=JANUARY, standard="1980", vcf_decimals=4, actor=None, at=at)
    given = {"actor": there.operator, "at": at}
    consignment = consignments.advise_consignment(site=site, details=details, request_key=uuid4(), **given)
    line = ReceiptInput(tank=tank, litres_observed=Decimal(1000), celsius=Decimal(15), density_at_base=Decimal(800))
    receipts.receive_consignment(consignment=consignment, receipts=[line], received_at=at, **given)
    quality.release_consignment(
        consignment=consignment, certificate_kind="rcq", certificate_number="RCQ-1", actor=there.supervisor, at=at
    )
    movement = tank_movements.move_fuel(
        movement="sample",
        from_tank=tank,
        customs_status="duty_paid",
        mass_kg=Decimal(5),
        moved_at=at,
        request_key=uuid4(),
        **given,
    )
    return {"consignment": consignment.pk, "tank_movement": movement.pk}
