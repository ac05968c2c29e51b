"""Reconciling a tank: book against gauge, explained where it is out of tolerance, approved by a second person."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.officers import require_customs
from documents.operations import documents
from documents.operations.documents import NotAsRequired
from documents.operations.numbers import give_number
from documents.operations.shares import riding_of
from fuel.gain_loss import GainLoss, Turnover, gain_loss_of, split
from fuel.models import (
    FuelConsignment,
    Gauge,
    ReconciliationRule,
    ReconciliationState,
    StatusChange,
    StatusChangeState,
    Tank,
    TankMovement,
    TankMovementState,
    TankReconciliation,
    TankReconciliationLine,
)
from fuel.operations import tank_losses
from fuel.operations.tank_stock import DrawnLot, TankStock, lock_tanks, out_of_book
from fuel.queries import RIDING, book_places_of, is_for_customs
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind, Riding
from ledger.queries import AccountBalance, PlaceStock, balances, lots, turnover_of_place
from registry.errors import Conflict, FieldError
from registry.models import PlaceKind, Role, Site, User
from registry.quantities import FEN
from registry.rules import require_role
from registry.wording import local_time_text, quantity_text

# What a tank gained or lost belongs to the days that it was found in: the next ones open with what the gauge says.
LAST_MOMENT = timedelta(microseconds=1)


class NoReconciliationRule(NotAsRequired):
    """The site has not said how gain and loss are shared and what is tolerated."""

    code = "no-reconciliation-rule"


class BookHasChanged(Conflict):
    """Something was posted into the days of a reconciliation after it was drawn up."""

    code = "book-has-changed"


class GaugeNotUsable(NotAsRequired):
    """The gauge is void, of another tank, or not later than the last reconciliation."""

    code = "gauge-not-usable"


def rule_on(*, site: Site, day: Any) -> ReconciliationRule:
    """The reconciliation rule in force at the site on the day.

    Raises:
        NoReconciliationRule: none is.
    """
    found = ReconciliationRule.objects.filter(site=site, valid_from_date__lte=day).order_by("-valid_from_date").first()
    if found is None:
        words = {"site": site.code, "day": local_time_text(day)}
        raise NoReconciliationRule(_("%(site)s has no reconciliation rule on %(day)s. Set one first.") % words)
    rule: ReconciliationRule = found
    return rule


@transaction.atomic
def draw_up_reconciliation(
    *, tank: Tank, gauge: Gauge, actor: User, at: datetime, request_key: UUID, remark: str = ""
) -> TankReconciliation:
    """Hold a tank's book against a gauge, from the last approved reconciliation or the tank's first gauge on.

    Within tolerance it waits for approval; out of tolerance it is to be explained first. Nothing is posted yet.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        GaugeNotUsable: the gauge is void, of another tank, or not later than where the tank is reconciled to.
        NoReconciliationRule: the site has no rule on the day.
        WrongState: an earlier reconciliation of the tank is not decided yet.
    """
    (tank,) = lock_tanks([tank])
    documents.require_poster(actor, tank.site)

    def prepare() -> TankReconciliation:
        # As it stands now: it may have been made void since the request began.
        closing = documents.locked(gauge)
        _require_none_open(tank)
        begins_at = _begins_at(tank, closing)
        statuses = turnovers(tank=tank, since=begins_at, until=closing.gauged_at)
        found = gain_loss_of(statuses=statuses, physical_kg=closing.mass_kg)
        reconciliation = TankReconciliation(
            site=tank.site,
            tank=tank,
            gauge=closing,
            begins_at=begins_at,
            ends_at=closing.gauged_at,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        reconciliation.rule = rule_on(site=tank.site, day=documents.customs_date(reconciliation, closing.gauged_at))
        _keep_figures(reconciliation, found)
        give_number(document=reconciliation, at=at)
        documents.keep(reconciliation, actor=actor, at=at)
        TankReconciliationLine.objects.bulk_create(_lines(reconciliation, statuses, found))
        return reconciliation

    return documents.prepared_once(TankReconciliation, request_key=request_key, actor=actor, prepare=prepare)


@transaction.atomic
def explain_reconciliation(
    *, reconciliation: TankReconciliation, explanation: str, actor: User, at: datetime
) -> TankReconciliation:
    """Say why a tank is out of tolerance; somebody else then approves it.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: there is no explanation.
        WrongState: it is not out of tolerance, or explained already.
    """
    reconciliation = documents.locked(reconciliation)
    documents.require_poster(actor, reconciliation.site)
    explanation = documents.require_reason(explanation)
    documents.move_on(reconciliation, "explain")
    reconciliation.explanation, reconciliation.explained_by = explanation, actor
    documents.require_fit(reconciliation)
    documents.keep(reconciliation, actor=actor, at=at, reason=explanation)
    return reconciliation


@transaction.atomic
def approve_reconciliation(
    *, reconciliation: TankReconciliation, actor: User, at: datetime, reason: str = ""
) -> TankReconciliation:
    """Approve what a tank gained or lost: it is posted just before the gauge, to each status its share.

    A tolerated loss is excused as an allowed loss. Out of tolerance the whole loss is an adjustment, as a transport
    loss is, customs decides where bonded fuel was lost or found, and on what of the bonded loss is beyond the tolerance
    the tax payable is assessed at the rates of the day of ``at``, on its share of the customs value in the tank. The
    tolerated part is taken from the oldest lots first. What was gained enters with the average customs value and
    suspended tax per kilogram of what lies in the tank under its status. Book and account book then agree with the
    gauge.

    Raises:
        NotAllowed, OwnWork: the actor does not supervise the site - out of tolerance customs decides on bonded fuel -,
            or drew it up or explained it.
        WrongState: it is still to be explained, or decided; or a movement within its days still waits for approval.
        NoTariffRate: a lot that was lost beyond the tolerance has no rate on the day.
        BookHasChanged: something was posted into its days since it was drawn up; make it void and draw up another.
        NotEnoughStock: what was lost has left the tank since.
        PeriodClosed, NegativeInThePast: the moment of the gauge cannot be posted to any more.
    """
    reconciliation = documents.locked(reconciliation)
    for_customs = require_who_approves(reconciliation, actor)
    documents.require_second_person(reconciliation, actor)
    if reconciliation.explained_by_id == actor.pk:
        raise documents.OwnWork(_("You explained this yourself. Somebody else has to decide on it."))
    was_explained = reconciliation.state == ReconciliationState.EXPLAINED
    documents.move_on(reconciliation, "approve")
    (tank,) = lock_tanks([reconciliation.tank])
    _require_nothing_waits(reconciliation)
    _require_same_book(reconciliation, tank)
    legs, bonded_lost = _legs(reconciliation, tank, is_tolerated=not was_explained)
    if was_explained:
        tank_losses.assess_beyond_tolerance(reconciliation, bonded_lost, documents.customs_date(reconciliation, at))
    if legs:
        kind, _place = _loss_goes_to(is_tolerated=not was_explained)
        post(
            zone_id=reconciliation.site.zone_id,
            actor_id=actor.pk,
            postings=[
                documents.posting_of(
                    reconciliation,
                    "approve",
                    kind=MovementKind.FOUND if reconciliation.gain_loss_kg > 0 else kind,
                    legs=legs,
                    occurred_at=reconciliation.ends_at - LAST_MOMENT,
                    reason=reconciliation.explanation,
                )
            ],
        )
    reconciliation.approved_by, reconciliation.approved_at = actor, at
    documents.keep(reconciliation, actor=actor, at=at, reason=reason, for_customs=for_customs)
    return reconciliation


def require_who_approves(reconciliation: TankReconciliation, actor: User) -> bool:
    """Whoever supervises the site approves; what is for customs, customs does. Whether it is entered for customs.

    Raises:
        NotAllowed: the actor does not decide on it.
    """
    if is_for_customs(reconciliation):
        return require_customs(actor, reconciliation.site)
    require_role(actor, reconciliation.site, Role.SUPERVISOR)
    return False


@transaction.atomic
def void_reconciliation(
    *, reconciliation: TankReconciliation, actor: User, at: datetime, reason: str
) -> TankReconciliation:
    """Give up a reconciliation that is not approved; its number stays, marked void.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: there is no reason.
        WrongState: it is approved, or void.
    """
    reconciliation = documents.locked(reconciliation)
    documents.require_poster(actor, reconciliation.site)
    reason = documents.require_reason(reason)
    documents.move_on(reconciliation, "make_void")
    documents.keep(reconciliation, actor=actor, at=at, reason=reason)
    return reconciliation


_COLUMN_OF: dict[MovementKind, tuple[str, int]] = {
    MovementKind.ADMITTED: ("receipts_kg", 1),
    MovementKind.TRANSFERRED_IN: ("receipts_kg", 1),
    MovementKind.RETURNED: ("defuels_kg", 1),
    MovementKind.RELOCATED: ("transfers_kg", 1),
    MovementKind.RE_EXPORTED: ("uplifts_kg", -1),
    MovementKind.DOMESTIC_SALE: ("uplifts_kg", -1),
    MovementKind.SAMPLED: ("samples_kg", -1),
    # To slops; and out of them, or, before there were slop tanks, out of any tank.
    MovementKind.BLOCKED: ("drains_kg", -1),
    MovementKind.DESTROYED: ("drains_kg", -1),
}


def turnovers(*, tank: Tank, since: datetime, until: datetime) -> dict[str, Turnover]:
    """What each duty status of a tank had and moved between two moments, from the ledger, in kilograms.

    Fuel that came over its declaration, not admitted yet, counts with the bonded: it is under customs control. What a
    slop tank takes from other tanks counts as transferred to it, and what of it is destroyed as drained.
    """
    figures: dict[str, dict[str, Decimal]] = {status: {} for status in (CustomsStatus.BONDED, CustomsStatus.DUTY_PAID)}
    held = [row for row in balances(places=[tank.place_id], journal=Journal.STOCK, until=since) if row.quantity]
    status_of = dict(lots().filter(pk__in={row.lot_id for row in held}).values_list("pk", "customs_status"))
    for row in held:
        _add(figures, status_of[row.lot_id], "opening_kg", row.quantity)
    for moved in turnover_of_place(place_id=tank.place_id, since=since, until=until):
        column, sign = _COLUMN_OF.get(moved.kind, ("adjustments_kg", 1))
        if moved.document_kind == FuelConsignment.kind:
            column, sign = "receipts_kg", 1
        if moved.document_kind == StatusChange.kind:
            column, sign = "status_changes_kg", 1
        if tank.is_slop and moved.kind == MovementKind.BLOCKED:
            column, sign = "transfers_kg", 1
        _add(figures, moved.customs_status, column, sign * moved.quantity)
    return {status: Turnover(**columns) for status, columns in figures.items()}


def _add(figures: dict[str, dict[str, Decimal]], status: str, column: str, kg: Decimal) -> None:
    columns = figures[CustomsStatus.DUTY_PAID if status == CustomsStatus.DUTY_PAID else CustomsStatus.BONDED]
    columns[column] = columns.get(column, Decimal(0)) + kg


def _begins_at(tank: Tank, gauge: Gauge) -> datetime:
    if gauge.tank_id != tank.pk or gauge.is_void:
        message = _("%(gauge)s is void, or a gauge of another tank.") % {"gauge": gauge.number}
        raise GaugeNotUsable(message, errors=[FieldError(message, field="gauge", figure=gauge.number)])
    last: Any = tank.reconciliations.filter(state=ReconciliationState.APPROVED).order_by("-ends_at").first()
    if last is not None:
        begins_at: datetime = last.ends_at
    else:
        first: Any = tank.gauges.filter(is_void=False).order_by("gauged_at").first()
        begins_at = first.gauged_at if first is not None else gauge.gauged_at
    if gauge.gauged_at <= begins_at:
        words = {"gauge": gauge.number, "time": local_time_text(begins_at)}
        message = _("%(gauge)s is not later than %(time)s, from when on the tank is to be reconciled.") % words
        raise GaugeNotUsable(message, errors=[FieldError(message, field="gauge", figure=gauge.number)])
    return begins_at


def _require_none_open(tank: Tank) -> None:
    undecided = (ReconciliationState.DRAWN, ReconciliationState.BREACHED, ReconciliationState.EXPLAINED)
    waiting: Any = tank.reconciliations.filter(state__in=undecided).first()
    if waiting is not None:
        words = {"number": waiting.number, "tank": tank.code}
        raise documents.WrongState(
            _("%(number)s of tank %(tank)s is not decided yet. Approve it or make it void first.") % words
        )


def _keep_figures(reconciliation: TankReconciliation, found: GainLoss) -> None:
    rule = reconciliation.rule
    reconciliation.physical_kg = found.physical_kg
    reconciliation.book_kg = found.book_kg
    reconciliation.gain_loss_kg = found.gain_loss_kg
    reconciliation.percent_of_issues = found.percent_of_issues
    reconciliation.percent_of_throughput = found.percent_of_throughput
    is_within = found.is_within(
        percent_of_issues=rule.tolerance_percent_of_issues,
        percent_of_throughput=rule.tolerance_percent_of_throughput,
    )
    # A state field is protected once it has a value; this is its first.
    reconciliation.__dict__["state"] = ReconciliationState.DRAWN if is_within else ReconciliationState.BREACHED


def _lines(
    reconciliation: TankReconciliation, statuses: dict[str, Turnover], found: GainLoss
) -> list[TankReconciliationLine]:
    rule = reconciliation.rule
    shares = split(
        gain_loss_kg=found.gain_loss_kg,
        statuses=statuses,
        split_by=rule.split_by,
        all_to_status=rule.all_to_status,
    )
    return [
        TankReconciliationLine(
            reconciliation=reconciliation,
            customs_status=status,
            opening_kg=one.opening_kg,
            receipts_kg=one.receipts_kg,
            defuels_kg=one.defuels_kg,
            transfers_kg=one.transfers_kg,
            status_changes_kg=one.status_changes_kg,
            uplifts_kg=one.uplifts_kg,
            samples_kg=one.samples_kg,
            drains_kg=one.drains_kg,
            adjustments_kg=one.adjustments_kg,
            book_kg=one.book_kg,
            gain_loss_kg=shares[status],
        )
        for status, one in statuses.items()
    ]


def _require_nothing_waits(reconciliation: TankReconciliation) -> None:
    """What was drained or cleared and is not approved would be taken for a loss."""
    tank, until = reconciliation.tank, reconciliation.ends_at
    of_tank = Q(from_tank=tank) | Q(to_tank=tank)
    moved: Any = TankMovement.objects.filter(of_tank, state=TankMovementState.ASKED, moved_at__lt=until)
    cleared: Any = StatusChange.objects.filter(of_tank, state=StatusChangeState.ASKED, changed_at__lt=until)
    waiting = [*moved.order_by("pk").values_list("number", flat=True)]
    waiting += cleared.order_by("pk").values_list("number", flat=True)
    if waiting:
        words = {"tank": tank.code, "numbers": ", ".join(waiting)}
        message = _("In tank %(tank)s these still wait for approval: %(numbers)s. Decide on them first.") % words
        raise documents.WrongState(message, errors=[FieldError(message, figure=words["numbers"])])


def _require_same_book(reconciliation: TankReconciliation, tank: Tank) -> None:
    now = turnovers(tank=tank, since=reconciliation.begins_at, until=reconciliation.ends_at)
    heads: dict[str, Any] = {one.name: one.verbose_name for one in TankReconciliationLine._meta.fields}
    for line in reconciliation.lines.all():
        for column in fields(Turnover):
            drawn, current = getattr(line, column.name), getattr(now[line.customs_status], column.name)
            if drawn == current:
                continue
            words = {
                "number": reconciliation.number,
                "column": heads[column.name],
                "drawn": quantity_text(drawn),
                "now": quantity_text(current),
            }
            message = _("In %(number)s, “%(column)s” was %(drawn)s kg and is %(now)s kg now. Draw up another.") % words
            raise BookHasChanged(message, errors=[FieldError(message, field=column.name, figure=str(drawn))])


def _loss_goes_to(*, is_tolerated: bool) -> tuple[MovementKind, PlaceKind]:
    if is_tolerated:
        return MovementKind.ALLOWED_LOSS, PlaceKind.ALLOWED_LOSS
    return MovementKind.ADJUSTED, PlaceKind.LOST


def _legs(
    reconciliation: TankReconciliation, tank: Tank, *, is_tolerated: bool
) -> tuple[list[Leg], Sequence[DrawnLot]]:
    """What is to be posted, and what of bonded lots is lost: the oldest lot first; a gain joins its newest lot.

    Released fuel comes first, and then what is held: a tank may hold nothing else.
    """
    legs: list[Leg] = []
    bonded_lost: Sequence[DrawnLot] = ()
    moment = reconciliation.ends_at - LAST_MOMENT
    stock = TankStock([tank.place_id], since=moment)
    for line in reconciliation.lines.exclude(gain_loss_kg=0):
        status = line.customs_status
        if line.gain_loss_kg > 0:
            lying = stock.lying(tank=tank, customs_status=status, moment=moment)
            legs += _gained(lying, tank, status, line.gain_loss_kg)
            continue
        _kind, place_kind = _loss_goes_to(is_tolerated=is_tolerated)
        target = Account(documents.boundary(tank.site, place_kind).pk)
        drawn = stock.draw(
            tank=tank,
            customs_status=status,
            mass_kg=-line.gain_loss_kg,
            moment=moment,
            field="gain_loss_kg",
            holds=(Hold.FREE, Hold.BLOCKED),
        )
        if status == CustomsStatus.BONDED:
            bonded_lost = drawn
        legs += [Leg(Journal.STOCK, one.lot_id, one.account, target, one.mass_kg) for one in drawn]
        legs += out_of_book(drawn, target)
    return legs, bonded_lost


def _gained(lying: Sequence[PlaceStock], tank: Tank, customs_status: str, gain_kg: Decimal) -> list[Leg]:
    """What was found joins the newest lot with the average value and suspended tax of what lies there."""
    gains = _gaining(lying, tank, customs_status)
    source = Account(documents.boundary(tank.site, PlaceKind.FOUND).pk)
    found = balances(places=[tank.place_id], lots={one.lot_id for one in lying}, journal=Journal.STOCK)
    gained = average_riding(found, gain_kg)
    into = [(Journal.STOCK, Account(tank.place_id, gains.hold))]
    into += [(Journal.CUSTOMS, Account(book)) for book in book_places_of([gains.lot_id]).values()]
    return [Leg(journal, gains.lot_id, source, account, gain_kg, gained) for journal, account in into]


def average_riding(rows: Iterable[AccountBalance], mass_kg: Decimal) -> Riding:
    """What rides on a mass by the average of what lies there, to the fen."""
    lying = [riding_of(row) for row in rows if row.quantity > 0]
    whole_kg = sum((one.net_mass_kg for one in lying), Decimal(0))

    def share(name: str) -> Decimal:
        amount = sum((getattr(one, name) for one in lying), Decimal(0))
        return (amount * mass_kg / whole_kg).quantize(FEN, rounding=ROUND_HALF_UP)

    return Riding(mass_kg, *(share(name) for name in RIDING[1:]))


def _gaining(lying: Sequence[PlaceStock], tank: Tank, customs_status: str) -> PlaceStock:
    """The newest lot, of what is released if anything is: what a held lot gains stays held with it."""
    if not lying:
        words = {"tank": tank.code, "status": CustomsStatus(customs_status).label}
        raise NotAsRequired(_("Tank %(tank)s has no fuel of the status “%(status)s” that could gain.") % words)
    released = [one for one in lying if one.hold == Hold.FREE]
    return (released or list(lying))[-1]
