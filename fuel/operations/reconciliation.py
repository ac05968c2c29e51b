"""Reconciling a tank: book against gauge, explained where it is out of tolerance, approved by a second person."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from customs.operations import documents
from customs.operations.documents import NotAsRequired
from customs.operations.numbers import give_number
from fuel.gain_loss import GainLoss, Turnover, gain_loss_of, split
from fuel.models import (
    FuelConsignment,
    Gauge,
    ReconciliationRule,
    ReconciliationState,
    StatusChange,
    Tank,
    TankReconciliation,
    TankReconciliationLine,
)
from fuel.operations.tank_stock import TankStock, lock_tanks, out_of_book
from fuel.queries import book_places_of
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind, Riding
from ledger.queries import PlaceStock, balances, lots, turnover_of_place
from registry.errors import Conflict, FieldError
from registry.models import PlaceKind, Role, Site, User
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

    A tolerated loss is an allowed loss; beyond tolerance it is an adjustment. Book and account book then agree with
    the gauge.

    Raises:
        NotAllowed, OwnWork: the actor does not supervise the site, drew it up or explained it.
        WrongState: it is still to be explained, or decided.
        BookHasChanged: something was posted into its days since it was drawn up; make it void and draw up another.
        NotEnoughStock: what was lost has left the tank since.
        PeriodClosed, NegativeInThePast: the moment of the gauge cannot be posted to any more.
    """
    reconciliation = documents.locked(reconciliation)
    require_role(actor, reconciliation.site, Role.SUPERVISOR)
    documents.require_second_person(reconciliation, actor)
    if reconciliation.explained_by_id == actor.pk:
        raise documents.OwnWork(_("You explained this yourself. Somebody else has to decide on it."))
    was_explained = reconciliation.state == ReconciliationState.EXPLAINED
    documents.move_on(reconciliation, "approve")
    (tank,) = lock_tanks([reconciliation.tank])
    _require_same_book(reconciliation, tank)
    legs = _legs(reconciliation, tank, is_tolerated=not was_explained)
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
    documents.keep(reconciliation, actor=actor, at=at, reason=reason)
    return reconciliation


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
    MovementKind.DESTROYED: ("drains_kg", -1),
}


def turnovers(*, tank: Tank, since: datetime, until: datetime) -> dict[str, Turnover]:
    """What each duty status of a tank had and moved between two moments, from the ledger, in kilograms.

    Fuel that came over its declaration, not admitted yet, counts with the bonded: it is under customs control.
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


def _legs(reconciliation: TankReconciliation, tank: Tank, *, is_tolerated: bool) -> list[Leg]:
    """What is to be posted: from each status its share of the loss, oldest lot first; a gain joins its newest lot.

    Released fuel comes first, and then what is held: a tank may hold nothing else.
    """
    legs: list[Leg] = []
    moment = reconciliation.ends_at - LAST_MOMENT
    stock = TankStock([tank.place_id], since=moment)
    for line in reconciliation.lines.exclude(gain_loss_kg=0):
        status = line.customs_status
        if line.gain_loss_kg > 0:
            gains = _gaining(stock.lying(tank=tank, customs_status=status, moment=moment), tank, status)
            source = Account(documents.boundary(tank.site, PlaceKind.FOUND).pk)
            gained = Riding(line.gain_loss_kg, *(Decimal(0),) * 4)
            into = [(Journal.STOCK, Account(tank.place_id, gains.hold))]
            into += [(Journal.CUSTOMS, Account(book)) for book in book_places_of([gains.lot_id]).values()]
            legs += [
                Leg(journal, gains.lot_id, source, account, line.gain_loss_kg, gained) for journal, account in into
            ]
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
        legs += [Leg(Journal.STOCK, one.lot_id, one.account, target, one.mass_kg) for one in drawn]
        legs += out_of_book(drawn, target)
    return legs


def _gaining(lying: Sequence[PlaceStock], tank: Tank, customs_status: str) -> PlaceStock:
    """The newest lot, of what is released if anything is: what a held lot gains stays held with it."""
    if not lying:
        words = {"tank": tank.code, "status": CustomsStatus(customs_status).label}
        raise NotAsRequired(_("Tank %(tank)s has no fuel of the status “%(status)s” that could gain.") % words)
    released = [one for one in lying if one.hold == Hold.FREE]
    return (released or list(lying))[-1]
