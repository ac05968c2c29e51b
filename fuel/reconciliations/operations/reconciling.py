"""Reconciling a tank: book against gauge, explained where it is out of tolerance, approved by a second person."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_CUSTOMS, BY_POSTERS, BY_SUPERVISORS, Who, act
from documents.operations.documents import NotAsRequired
from documents.operations.numbers import give_number
from documents.operations.reversals import post_back
from fuel.gain_loss import GainLoss, Turnover, gain_loss_of, split
from fuel.models import (
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
from fuel.operations.tank_stock import lock_tanks
from fuel.queries import is_for_customs, reconciliation_after
from fuel.reconciliations.operations.legs import LAST_MOMENT, legs_of, loss_goes_to
from fuel.reconciliations.operations.losses import assess_beyond_tolerance
from fuel.reconciliations.operations.turnovers import turnovers
from ledger.operations import post
from ledger.postings import MovementKind
from registry.errors import Conflict, FieldError
from registry.models import Site, User
from registry.wording import local_time_text, quantity_text


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


@act(
    TankReconciliation,
    "explain",
    ReconciliationState.BREACHED,
    to=ReconciliationState.EXPLAINED,
    who=BY_POSTERS,
)
def explain_reconciliation(
    *, reconciliation: TankReconciliation, explanation: str, actor: User, at: datetime
) -> TankReconciliation:
    """Say why a tank is out of tolerance; somebody else then approves it.

    Raises:
        NotAsRequired: there is no explanation.
    """
    explanation = documents.require_reason(explanation)
    reconciliation.explanation, reconciliation.explained_by = explanation, actor
    documents.require_fit(reconciliation)
    documents.keep(reconciliation, actor=actor, at=at, reason=explanation)
    return reconciliation


def who_approves(reconciliation: TankReconciliation) -> Who:
    """Whoever supervises the site approves; what is for customs, customs does."""
    return BY_CUSTOMS if is_for_customs(reconciliation) else BY_SUPERVISORS


@act(
    TankReconciliation,
    "approve",
    ReconciliationState.DRAWN,
    ReconciliationState.EXPLAINED,
    to=ReconciliationState.APPROVED,
    who=who_approves,
    not_by=("prepared_by", "explained_by"),
)
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
        WrongState: a movement within its days still waits for approval.
        NoTariffRate: a lot that was lost beyond the tolerance has no rate on the day.
        BookHasChanged: something was posted into its days since it was drawn up; make it void and draw up another.
        NotEnoughStock: what was lost has left the tank since.
        PeriodClosed, NegativeInThePast: the moment of the gauge cannot be posted to any more.
    """
    (tank,) = lock_tanks([reconciliation.tank])
    _require_nothing_waits(reconciliation)
    _require_same_book(reconciliation, tank)
    is_tolerated = reconciliation.explained_by_id is None
    legs, bonded_lost = legs_of(reconciliation, tank, is_tolerated=is_tolerated)
    if not is_tolerated:
        assess_beyond_tolerance(reconciliation, bonded_lost, documents.customs_date(reconciliation, at))
    if legs:
        kind, _place = loss_goes_to(is_tolerated=is_tolerated)
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
    return reconciliation


@act(
    TankReconciliation,
    "void",
    ReconciliationState.DRAWN,
    ReconciliationState.BREACHED,
    ReconciliationState.EXPLAINED,
    to=ReconciliationState.VOID,
    who=BY_POSTERS,
    with_reason=True,
)
def void_reconciliation(
    *, reconciliation: TankReconciliation, actor: User, at: datetime, reason: str
) -> TankReconciliation:
    """Give up a reconciliation that is not approved; its number stays, marked void."""
    return reconciliation


def _is_the_last(reconciliation: TankReconciliation) -> bool:
    return reconciliation_after(reconciliation) is None


@act(
    TankReconciliation,
    "reverse",
    ReconciliationState.APPROVED,
    to=ReconciliationState.REVERSED,
    who=who_approves,
    not_by=("prepared_by", "explained_by", "approved_by"),
    with_reason=True,
    is_due=_is_the_last,
)
def reverse_reconciliation(
    *, reconciliation: TankReconciliation, actor: User, at: datetime, reason: str
) -> TankReconciliation:
    """Post back what the last approved reconciliation of a tank posted, at its own moment; its number stays.

    The tank may then be reconciled again, to the same gauge or to another.

    Raises:
        WrongState: another reconciliation of the tank follows, which is named.
        LaterMovementsDepend: naming the documents that are to be reversed first.
        PeriodClosed, NegativeInThePast: the moment of the gauge cannot be posted to any more.
    """
    # Whoever draws one up locks the tank too: none comes after this one meanwhile.
    lock_tanks([reconciliation.tank])
    later = reconciliation_after(reconciliation)
    if later is not None:
        words = {"number": reconciliation.number, "later": later.number, "state": later.get_state_display()}
        message = _("%(later)s follows %(number)s and is in the state “%(state)s”. Undo it first.")
        raise documents.WrongState(message % words)
    post_back(reconciliation, actor=actor, occurred_at=reconciliation.ends_at - LAST_MOMENT, reason=reason)
    return reconciliation


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
    reconciliation.state = ReconciliationState.DRAWN if is_within else ReconciliationState.BREACHED


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
