"""One of each fuel document at a site that is there already, for the test of who is answered what."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from customs.declarations.operations import draw_up_declaration
from customs.models import Declaration
from fuel.billing.disputes.operations import Attachment, raise_dispute
from fuel.billing.manual_charges.operations import ManualChargeDetails, ask_for_manual_charge
from fuel.billing.statement_runs.operations import ask_for_statement_run
from fuel.billing.statements.operations import issue_statement
from fuel.consignments.operations import declaring, quality, receipts
from fuel.consignments.operations.declaring import ConsignmentDetails
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.defuels import operations as defuels
from fuel.delivery_tickets.operations import tickets
from fuel.delivery_tickets.operations.entry import TicketDetails
from fuel.delivery_tickets.operations.matching import match_ticket, record_flight
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.gauges.operations import record_gauge
from fuel.models import (
    Charge,
    DeliveryTicket,
    FuelContract,
    Gauge,
    PriceIndex,
    ReliefRule,
    StatusChange,
    Tank,
    TicketException,
)
from fuel.operations import (
    measurement_bases,
    meters,
    movement_limits,
    reconciliation_rules,
    strapping,
    tanks,
)
from fuel.operations.contracts import open_contract, publish_quotes, record_payment, set_duty_paid_price
from fuel.operations.limits import set_fuel_limits
from fuel.reconciliations.operations.reconciling import draw_up_reconciliation
from fuel.status_changes.operations import ask_for_status_change
from fuel.tank_movements import operations as tank_movements
from registry.models import Aircraft, Airline, Airport, Organisation, OrganisationKind, Role
from registry.operations.register import enter_in_register
from tests.bonded.build import JANUARY, Warehouse
from tests.customs.build import declaration_number
from tests.fuel.build import STRAPPING, airline, airport, relief_rules
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
    measurement_bases.set_measurement_basis(
        site=site, valid_from_date=JANUARY, standard="1980", vcf_decimals=4, actor=None, at=at
    )
    strapping.load_strapping_table(tank=tank, rows=STRAPPING, valid_from_date=JANUARY, actor=there.supervisor, at=at)
    reconciliation_rules.set_reconciliation_rule(
        site=site,
        name="By issues",
        valid_from_date=JANUARY,
        split_by="issues",
        tolerance_percent_of_issues=Decimal("0.2"),
        tolerance_percent_of_throughput=Decimal("0.1"),
        actor=None,
        at=at,
    )
    movement_limits.set_movement_limit(
        site=site,
        valid_from_date=JANUARY,
        drain_kg_per_act=Decimal(0),
        drain_kg_per_day=Decimal(0),
        sample_kg_per_act=Decimal(10),
        sample_kg_per_day=Decimal(10),
        actor=None,
        at=at,
    )
    _gauge(tank, there)
    given = {"actor": there.operator, "at": there.tick()}
    at = there.now
    consignment = declaring.advise_consignment(site=site, details=details, request_key=uuid4(), **given)
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
    uplift = _uplift(there, tank)
    closing = _gauge(tank, there)
    reconciliation = draw_up_reconciliation(tank=tank, gauge=closing, request_key=uuid4(), **given)
    return {
        **uplift,
        "declaration": _declared(there, tank, product, details.supplier).pk,
        "status_change": _cleared(there, tank).pk,
        "fuel_consignment": consignment.pk,
        "tank_movement": movement.pk,
        "tank": tank.pk,
        "tank_group": group.pk,
        "strapping_table": tank.strapping_tables.get().pk,
        "fuel_limits": set_fuel_limits(site=site, product=product, actor=None, at=there.tick()).pk,
        "measurement_basis": site.measurement_bases.get().pk,
        "reconciliation_rule": site.reconciliation_rules.get().pk,
        "movement_limit": site.movement_limits.get().pk,
        "gauge": closing.pk,
        "tank_reconciliation": reconciliation.pk,
    }


def _uplift(there: Warehouse, tank: Tank) -> dict[str, Any]:
    """A signed ticket with its picture, and some of it that came back."""
    relief_rules()
    at = there.tick()
    given = {"actor": there.operator, "at": at}
    meter = meters.open_meter(site=there.site, code="R-1", kind="refueller", digits=8, actor=None, at=at)
    meters.record_proving(meter=meter, proved_at=at, factor=Decimal(1), actor=there.supervisor, at=at)
    flown_by, home, abroad = airline(), airport("URC", "CN"), airport("ALA", "KZ")
    aircraft = Aircraft(registration="UP-B6701", type_designator="B744", airline=flown_by)
    enter_in_register(row=aircraft, actor=None, at=at)
    details = TicketDetails(
        vendor=there.site.organisation,
        ticket_number="T-1",
        airline=flown_by,
        flight_number="Q1801",
        flight_date=at.date(),
        registration="UP-B6701",
        airport=home,
        destination=abroad,
        tank=tank,
        customs_status="duty_paid",
        delivered_at=at,
        meter=meter,
        meter_start=Decimal(0),
        meter_end=Decimal(100),
        celsius=Decimal(15),
        density_at_base=Decimal(800),
        signatory="A. Captain",
    )
    ticket = tickets.record_ticket(site=there.site, details=details, request_key=uuid4(), **given)
    drawn = tickets.Picture(kind="signature", content=b"\x89PNG\r\n\x1a\nsynthetic")
    ticket = tickets.sign_ticket(ticket=ticket, pictures=[drawn], **given)
    flight = record_flight(
        site=there.site,
        airline=flown_by,
        flight_number="Q1801",
        flight_date=at.date(),
        registration="UP-B6701",
        destination=abroad,
        **given,
    )
    measured = {"litres_observed": Decimal(10), "celsius": Decimal(15), "density_at_base": Decimal(800)}
    defuel = defuels.record_defuel(ticket=ticket, tank=tank, defuelled_at=at, request_key=uuid4(), **measured, **given)
    charged = _charged(there, ticket)
    return {
        **charged,
        "airport": home.pk,
        "airline": flown_by.pk,
        "aircraft": aircraft.pk,
        "meter": meter.pk,
        "meter_proving": meter.provings.get().pk,
        "delivery_ticket": ticket.pk,
        "ticket_exception": TicketException.objects.filter(ticket=ticket).earliest("pk").pk,
        "picture": ticket.attachments.get().pk,
        "defuel": defuel.pk,
        "flight": flight.pk,
        "relief_rule": ReliefRule.objects.first().pk,
    }


def _charged(there: Warehouse, ticket: DeliveryTicket) -> dict[str, Any]:
    """Another ticket of the flight's airline, matched and on a statement."""
    at = there.tick()
    given = {"actor": there.supervisor, "at": at}
    index = enter_in_register(row=PriceIndex(code="MOPS-JET", name="Synthetic index"), actor=None, at=at)
    day = at.date() - timedelta(days=1)
    row = {"index": index.code, "quoted_date": day.isoformat(), "price": "92.37", "source": "synthetic"}
    publish_quotes(rows=[row], actor=None, at=at)
    price = set_duty_paid_price(
        airport=ticket.airport,
        valid_from_date=JANUARY,
        price_cny_per_tonne=Decimal(7450),
        source="synthetic",
        actor=None,
        at=at,
    )
    contract = FuelContract(
        number="FC-1",
        site=there.site,
        airline=ticket.airline,
        airport=ticket.airport,
        valid_from_date=JANUARY,
        index=index,
        averaging="day_before",
        into_plane_fee_per_tonne=Decimal("28.50"),
    )
    open_contract(contract=contract, **given)
    details = TicketDetails(
        vendor=ticket.vendor,
        ticket_number="T-2",
        airline=ticket.airline,
        flight_number="Q1802",
        flight_date=at.date(),
        registration="UP-B6701",
        airport=ticket.airport,
        destination=ticket.destination,
        tank=ticket.tank,
        customs_status="duty_paid",
        delivered_at=at,
        litres_observed=Decimal(100),
        celsius=Decimal(15),
        density_at_base=Decimal(800),
        signatory="A. Captain",
    )
    taken = take_in_tickets(site=there.site, details=[details], actor=there.operator, at=at)
    match_ticket(ticket=taken.new[0], reason="No schedule", **given)
    statement = issue_statement(
        site=there.site,
        airline=ticket.airline,
        from_date=at.date() - timedelta(days=30),
        through_date=at.date() + timedelta(days=1),
        actor=there.supervisor,
        at=at + timedelta(days=3),
        request_key=uuid4(),
    )
    run = ask_for_statement_run(
        site=there.site,
        from_date=statement.from_date,
        through_date=statement.through_date,
        actor=there.supervisor,
        at=at + timedelta(days=3),
        request_key=uuid4(),
    )
    payment = record_payment(
        site=there.site,
        airline=ticket.airline,
        received_date=at.date(),
        amount=Decimal(1),
        currency="USD",
        reference="B-1",
        **given,
    )
    details = ManualChargeDetails(
        contract=contract,
        from_date=at.date(),
        through_date=at.date(),
        description="Call-out at night",
        reason="Asked for by the airline",
        net_amount=Decimal(120),
    )
    by_hand = ask_for_manual_charge(details=details, actor=there.operator, at=at, request_key=uuid4())
    charge = Charge.objects.get()
    carrier = build.user("quentin", Role.AIRLINE, ticket.airline.organisation)
    dispute = raise_dispute(
        charge=charge,
        ground="quantity",
        message="The flight log says less.",
        attachments=[Attachment(name="log.pdf", content=b"%PDF-1.7 synthetic")],
        actor=carrier,
        at=at + timedelta(days=4),
        request_key=uuid4(),
    )
    return {
        "carrier": carrier,
        "fuel_dispute": dispute.pk,
        "attachment": dispute.messages.get().attachments.get().pk,
        "price_index": index.pk,
        "index_quote": index.quotes.get().pk,
        "duty_paid_price": price.pk,
        "contract": contract.pk,
        "manual_charge": by_hand.pk,
        "fuel_statement": statement.pk,
        "statement_run": run.pk,
        "payment": payment.pk,
        "form": "json",
        "charge": charge.pk,
    }


def _declared(there: Warehouse, tank: Tank, product: Any, supplier: Organisation) -> Declaration:
    """Bonded fuel that came, left in an aircraft, and is drawn up for customs."""
    given = {"actor": there.operator, "at": there.tick()}
    details = ConsignmentDetails(
        customs_status="bonded",
        source="abroad",
        supplier=supplier,
        product=product,
        document_mass_kg=Decimal(800),
        book=there.book,
        origin="KZ",
        invoice_value=Decimal(100),
        currency="USD",
        declaration_number=declaration_number(),
    )
    consignment = declaring.advise_consignment(site=there.site, details=details, request_key=uuid4(), **given)
    consignment = declaring.accept_consignment(consignment=consignment, actor=there.officer, at=there.tick())
    line = ReceiptInput(tank=tank, litres_observed=Decimal(1000), celsius=Decimal(15), density_at_base=Decimal(800))
    at = there.tick()
    receipts.receive_consignment(consignment=consignment, receipts=[line], received_at=at, actor=there.operator, at=at)
    quality.release_consignment(
        consignment=consignment, certificate_kind="rcq", certificate_number="RCQ-2", actor=there.officer, at=at
    )
    at = there.tick()
    uplift = TicketDetails(
        vendor=there.site.organisation,
        ticket_number="T-3",
        airline=Airline.objects.get(iata_code="Q1"),
        flight_number="Q1803",
        flight_date=at.date(),
        registration="UP-B6701",
        airport=Airport.objects.get(iata_code="URC"),
        destination=Airport.objects.get(iata_code="ALA"),
        tank=tank,
        customs_status="bonded",
        delivered_at=at,
        litres_observed=Decimal(100),
        celsius=Decimal(15),
        density_at_base=Decimal(800),
        signatory="A. Captain",
    )
    taken = take_in_tickets(site=there.site, details=[uplift], actor=there.operator, at=at)
    match_ticket(ticket=taken.new[0], actor=there.supervisor, at=at, reason="No schedule")
    first = at.date().replace(day=1)
    return draw_up_declaration(
        book=there.book,
        declared_kind=DeliveryTicket.kind,
        declarant=uplift.airline.organisation,
        from_date=first,
        through_date=at.date(),
        actor=there.operator,
        at=at + timedelta(days=35),
        request_key=uuid4(),
    )


def _cleared(there: Warehouse, tank: Tank) -> StatusChange:
    """Some of the bonded fuel that is left, which customs is asked to clear."""
    at = there.tick()
    return ask_for_status_change(
        from_tank=tank,
        mass_kg=Decimal(100),
        reference=declaration_number(),
        changed_at=at,
        actor=there.operator,
        at=at,
        request_key=uuid4(),
    )


def _gauge(tank: Tank, there: Warehouse) -> Gauge:
    at = there.tick()
    return record_gauge(
        tank=tank,
        gauged_at=at,
        dip_mm=Decimal(10),
        tank_celsius=Decimal(15),
        density_reading=Decimal(800),
        sample_celsius=Decimal(15),
        actor=there.operator,
        at=at,
        request_key=uuid4(),
    )
