"""How a fuel month ends for airlines and customs: what is unmatched is explained, declared, billed, and disputed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from customs.declarations import operations as declarations
from customs.models import Declaration
from fuel.billing.charges.operations import Right
from fuel.billing.disputes import operations as disputes
from fuel.billing.disputes.operations import Attachment
from fuel.billing.manual_charges.operations import ManualChargeDetails, approve_manual_charge, ask_for_manual_charge
from fuel.billing.statement_runs import operations as statement_runs
from fuel.delivery_tickets.operations.matching import match_ticket, match_tickets
from fuel.models import Charge, ChargeKind, DeliveryTicket, FuelContract, Statement, StatementState, TicketState
from fuel.operations import contracts
from registry.models import User
from reports.demo.calendar import CUSTOMS_TIME
from reports.demo.tank_farm import TankFarm

DISPUTING_AIRLINE = "0A"
# How the disputes end that are raised after the first and the second month.
DISPUTES_END = {1: "credit", 2: "refuse"}
LITRES_TOO_MANY = 1200
# Of the last month that is over, so many declarations still wait for the customs officer.
WAITING_FOR_CUSTOMS = 4
FLIGHT_LOG = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def plan_month_end(farm: TankFarm, begins: date, last: date) -> None:
    """Put on the agenda what follows the end of a month: explain, declare, bill, be paid, dispute."""
    begun, next_begun = (datetime.combine(day, time(), CUSTOMS_TIME) for day in _firsts_after(last))
    explained, declared, billed, disputed = (timedelta(hours=20 + hours) for hours in (0, 3, 4, 27))

    def plan(later: timedelta, event: Callable[..., None], *figures: date) -> None:
        is_latest = next_begun + later >= farm.until
        farm.agenda.add(begun + later, lambda at: event(farm, *figures, last, at, is_latest=is_latest))

    plan(explained, _explain_exceptions)
    plan(declared, _declare, begins)
    plan(billed, _bill, begins)
    plan(disputed, _dispute)


def _firsts_after(last: date) -> tuple[date, date]:
    begins = last + timedelta(days=1)
    return begins, (begins + timedelta(days=31)).replace(day=1)


def _bill(farm: TankFarm, begins: date, last: date, at: datetime, *, is_latest: bool) -> None:
    farm.months += 1
    _charge_by_hand(farm, begins, last, at, is_approved=True)
    for issued in _issue(farm, begins, last, at):
        if farm.chance.random() < 0.8:
            paid_at = datetime.combine(last + timedelta(days=9), time(10, 30), CUSTOMS_TIME)
            farm.agenda.add(paid_at, lambda then, issued=issued: _pay(farm, issued, then))
    if is_latest:
        _charge_by_hand(farm, begins, last, at, is_approved=False)


def _charge_by_hand(farm: TankFarm, begins: date, last: date, at: datetime, *, is_approved: bool) -> None:
    """A call-out at night, which no ticket comes to: asked for by the operator, approved by another or not yet."""
    contracts_of = FuelContract.objects.filter(site=farm.site, airline__iata_code=DISPUTING_AIRLINE)
    in_force = contracts_of.filter(valid_from_date__lte=last).exclude(valid_to_date__lt=begins)
    contract = in_force.select_related("airline", "index", "site__zone").order_by("-valid_from_date").first()
    if contract is None:
        return
    details = ManualChargeDetails(
        contract=contract,
        from_date=begins,
        through_date=last,
        description="Call-out of a refueller at night",
        reason="Ordered by the airline's station after the schedule had closed.",
        net_amount=Decimal("240.00") if is_approved else Decimal("120.00"),
        vat_rate=Decimal("0.06"),
    )
    asked = ask_for_manual_charge(details=details, actor=farm.operator, at=at, request_key=farm.key())
    if is_approved:
        approve_manual_charge(manual_charge=asked, actor=farm.crew.supervisor, at=at)
    farm.told["manual charges"] += 1


def _pay(farm: TankFarm, issued: Statement, at: datetime) -> None:
    contracts.record_payment(
        site=farm.site,
        airline=issued.airline,
        received_date=at.date(),
        amount=issued.closing,
        currency=issued.currency,
        reference=f"TT-{issued.number}",
        actor=farm.crew.supervisor,
        at=at,
    )
    farm.told["fuel payments"] += 1


def _issue(farm: TankFarm, begins: date, last: date, at: datetime) -> list[Statement]:
    """What a worker does with the run of a month, here at once."""
    run = statement_runs.ask_for_statement_run(
        site=farm.site,
        from_date=begins,
        through_date=last,
        actor=farm.crew.supervisor,
        at=at,
        request_key=farm.key(),
    )
    run = statement_runs.begin_statement_run(run=run, at=at)
    while statement_runs.issue_next_of_run(run=run, at=at):
        pass
    lines = list(run.lines.select_related("statement__airline").order_by("airline__iata_code"))
    for line in lines:
        farm.told["fuel statements" if line.statement else f"fuel statements {line.outcome}"] += 1
    return [line.statement for line in lines if line.statement is not None]


def _explain_exceptions(farm: TankFarm, last: date, at: datetime, *, is_latest: bool) -> None:
    match_tickets(site=farm.site, actor=farm.crew.supervisor, at=at, through_date=last)
    signed = DeliveryTicket.objects.filter(site=farm.site, state=TicketState.SIGNED, flight_date__lte=last)
    for ticket in signed.select_related("site__zone").order_by("pk"):
        match_ticket(ticket=ticket, reason="The airline put its message right.", actor=farm.crew.supervisor, at=at)
        farm.told["tickets matched with an explanation"] += 1


def _declare(farm: TankFarm, begins: date, last: date, at: datetime, *, is_latest: bool) -> None:
    drawn = declarations.draw_up_all(
        book=farm.book,
        declared_kind=DeliveryTicket.kind,
        from_date=begins,
        through_date=last,
        actor=farm.operator,
        at=at,
        request_key=farm.key(),
    )
    waiting = min(WAITING_FOR_CUSTOMS, len(drawn.declarations) - 1)
    for number, declaration in enumerate(drawn.declarations):
        farm.told["declarations"] += 1
        if is_latest and number == 0:
            continue
        submitted = declarations.submit_declaration(declaration=declaration, actor=farm.operator, at=at)
        if is_latest and number < waiting:
            continue
        _release(farm, submitted, at, is_closed=not is_latest)


def _release(farm: TankFarm, declaration: Declaration, at: datetime, *, is_closed: bool) -> None:
    number = f"9401{at:%Y}{farm.chance.randrange(10**10):010d}"
    officer = farm.crew.officer
    declaration = declarations.accept_declaration(
        declaration=declaration, declaration_number=number, actor=officer, at=at
    )
    declaration = declarations.release_declaration(declaration=declaration, actor=officer, at=at)
    if is_closed:
        declarations.close_declaration(declaration=declaration, actor=officer, at=at)


def _dispute(farm: TankFarm, last: date, at: datetime, *, is_latest: bool) -> None:
    """Once credited, once refused, and of the latest month one that waits for the supplier."""
    if not is_latest and farm.months not in DISPUTES_END:
        return
    accountant = User.objects.filter(
        memberships__role="airline", memberships__organisation__airline__iata_code=DISPUTING_AIRLINE
    ).first()
    charge = (
        Charge.objects.filter(
            airline__iata_code=DISPUTING_AIRLINE,
            kind=ChargeKind.UPLIFT,
            corrections__isnull=True,
            flight_date__lte=last,
            lines__statement__state=StatementState.ISSUED,
        )
        .select_related("site__zone", "airline__organisation", "ticket")
        .order_by("-flight_date", "-pk")
        .first()
    )
    if accountant is None or charge is None:
        return
    dispute = disputes.raise_dispute(
        charge=charge,
        ground="quantity",
        message="Our flight log shows 1,200 L less than the ticket. Please check the meter.",
        attachments=[Attachment(name="flight-log.pdf", content=FLIGHT_LOG)],
        actor=accountant,
        at=at,
        request_key=farm.key(),
    )
    farm.told["disputes"] += 1
    if is_latest:
        return
    supervisor, later = farm.crew.supervisor, at + timedelta(hours=5)
    disputes.answer_dispute(
        dispute=dispute, message="We compare with the refueller's totaliser.", actor=supervisor, at=later
    )
    if DISPUTES_END[farm.months] == "credit":
        disputes.credit_dispute(
            dispute=dispute,
            right=Right(litres_observed=charge.litres_observed - LITRES_TOO_MANY),
            reason="The totaliser shows 1,200 L less; they are credited.",
            actor=supervisor,
            at=later,
        )
    else:
        disputes.refuse_dispute(
            dispute=dispute, reason="Ticket and totaliser agree to the litre.", actor=supervisor, at=later
        )
