"""Statements of every airline for a period: asked for once, issued airline by airline in the background.

Each airline is a database transaction of its own, in which its statement and what the run says of it are written
together. A task that comes twice, or a worker that is started again, goes on with the airlines that still wait.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Max, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_SUPERVISORS, act
from documents.operations.documents import WrongState
from documents.operations.numbers import give_number
from fuel.billing.charges.operations import waiting_beside_uplifts
from fuel.billing.statements.operations import BILLABLE, NothingToBill, end_of, issue_statement, require_period
from fuel.models import (
    CHARGED,
    UNDER_WAY,
    Defuel,
    DefuelState,
    DeliveryTicket,
    FuelContract,
    RunOutcome,
    RunState,
    StatementRun,
    StatementRunLine,
    TicketState,
)
from registry.errors import Conflict, FieldError, RuleBroken
from registry.models import Airline, Role, Site, User
from registry.rules import require_role
from registry.wording import local_time_text

NOT_YET_BILLABLE = (TicketState.DRAFT, TicketState.METERED, TicketState.SIGNED)
# A run of which nothing was heard for this long has lost its worker.
SILENCE = timedelta(minutes=2)

log = logging.getLogger(__name__)


class RunUnderWay(Conflict):
    """Another run of the site has not ended yet."""

    code = "run-under-way"


def ask_for_statement_run(
    *,
    site: Site,
    from_date: date,
    through_date: date,
    actor: User,
    at: datetime,
    request_key: UUID,
    remark: str = "",
) -> StatementRun:
    """Ask for the statements of every airline of a site for a period; the same request twice gives one run.

    A line waits for every airline with a contract in the period, or with something to bill.

    Args:
        from_date, through_date: days by the clock of the site's zone, both included.
    Raises:
        NotAllowed: the actor does not supervise the site.
        NotAsRequired: the period is not over, or its days are in the wrong order.
        RunUnderWay: another run of the site has not ended yet.
        NothingToBill: no airline has a contract or an uplift in the period.
        RequestKeyUsed: the key stands for somebody else's run.
    """
    require_role(actor, site, Role.SUPERVISOR)
    require_period(site, from_date, through_date, at)

    def prepare() -> StatementRun:
        run = StatementRun(
            site=site,
            from_date=from_date,
            through_date=through_date,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        # The number series is the lock: who asks at the same moment sees the other's run below.
        give_number(document=run, at=at)
        _require_no_other(site, request_key)
        airlines = airlines_to_bill(site=site, from_date=from_date, through_date=through_date)
        if not airlines:
            words = {"from": local_time_text(from_date), "to": local_time_text(through_date)}
            message = _("No airline has a contract or an uplift from %(from)s to %(to)s.") % words
            raise NothingToBill(message, errors=[FieldError(message, "from_date", None, str(from_date))])
        documents.require_fit(run)
        documents.keep(run, actor=actor, at=at)
        StatementRunLine.objects.bulk_create(StatementRunLine(run=run, airline=airline) for airline in airlines)
        return run

    try:
        with transaction.atomic():
            return documents.prepared_once(StatementRun, request_key=request_key, actor=actor, prepare=prepare)
    except IntegrityError:
        # Only the constraint is left to refuse, when the other's run began between the look and the insert.
        _require_no_other(site, request_key)
        raise


def airlines_to_bill(*, site: Site, from_date: date, through_date: date) -> list[Airline]:
    """Airlines with a contract in the period, or with an uplift, defuel, credit or rebill that waits; in one query."""
    end = end_of(site, through_date)
    contracts = FuelContract.objects.filter(site=site, valid_from_date__lte=through_date).filter(
        Q(valid_to_date__isnull=True) | Q(valid_to_date__gte=from_date)
    )
    tickets = DeliveryTicket.objects.filter(site=site, state__in=BILLABLE, delivered_at__lt=end).exclude(
        charges__kind__in=CHARGED
    )
    defuels = Defuel.objects.filter(
        site=site, defuelled_at__lt=end, charges__isnull=True, ticket__charges__kind__in=CHARGED
    ).exclude(state=DefuelState.VOID)
    charges = waiting_beside_uplifts(site=site, end=end)
    rows = Airline.objects.filter(
        Q(pk__in=contracts.values("airline"))
        | Q(pk__in=tickets.values("airline"))
        | Q(pk__in=defuels.values("ticket__airline"))
        | Q(pk__in=charges.values("airline"))
    )
    return list(rows.order_by("iata_code"))


@transaction.atomic
def begin_statement_run(*, run: StatementRun, at: datetime) -> StatementRun:
    """Let a queued run be seen running; one that runs or has ended already stays as it is."""
    run = documents.locked(run)
    if run.state == RunState.QUEUED:
        run.state, run.started_at = RunState.RUNNING, at
        documents.keep(run, actor=run.prepared_by, at=at)
    return run


@transaction.atomic
def issue_next_of_run(*, run: StatementRun, at: datetime) -> bool:
    """Issue the statement of the run's next airline, or write down why not; False when no airline is left to take.

    What another worker has in hand is passed over. After the last airline the run is done, or has failed where
    something went wrong that nobody foresaw. A run that was cancelled is left alone.
    """
    line = _take_line(run)
    if line is None:
        _end_if_settled(run, at)
        return False
    run, airline = line.run, line.airline
    try:
        with transaction.atomic():
            line.statement = issue_statement(
                site=run.site,
                airline=airline,
                from_date=run.from_date,
                through_date=run.through_date,
                actor=run.prepared_by,
                at=at,
                request_key=uuid5(run.request_key, str(airline.pk)),
                remark=run.remark,
            )
        line.outcome = RunOutcome.ISSUED
    except NothingToBill:
        line.outcome = RunOutcome.NOTHING
    except RuleBroken as broken:
        line.outcome, line.refusal_code = RunOutcome.REFUSED, broken.code
        line.refusals = [_told(error) for error in broken.errors]
    except (OperationalError, InterfaceError):
        # The database is away or chose this one in a deadlock: the airline waits on, and the run is taken up again.
        raise
    except Exception:
        # One airline's surprise is not the others': it is logged, told on the run, and the next one follows.
        log.exception("statement_run_airline_failed", extra={"run": run.number, "airline": airline.iata_code})
        line.outcome = RunOutcome.FAILED
        message = _("Something went wrong that was not foreseen; it is in the log. Issue this statement on its own.")
        line.refusals = [_told(FieldError(message))]
    line.unmatched_tickets = _unmatched(run, airline)
    line.settled_at = at
    line.save()
    return True


@act(StatementRun, "cancel", *RunState, who=BY_SUPERVISORS, is_due=lambda run: run.is_under_way)
def cancel_statement_run(*, run: StatementRun, actor: User, at: datetime) -> StatementRun:
    """Stop a run after the airline at hand; statements that were issued stay.

    Raises:
        WrongState: the run has ended.
    """
    if not run.is_under_way:
        words = {"number": run.number, "state": run.get_state_display()}
        raise WrongState(_("%(number)s has ended already: “%(state)s”.") % words)
    run.state, run.ended_at = RunState.CANCELLED, at
    return run


def runs_gone_silent(*, at: datetime) -> Sequence[StatementRun]:
    """Runs under way that nobody has moved on for a while: their worker or their message was lost."""
    runs: Any = StatementRun.objects.filter(state__in=UNDER_WAY)
    heard = Greatest("prepared_at", "started_at", Max("lines__settled_at"))
    return list(runs.annotate(heard_at=heard).filter(heard_at__lt=at - SILENCE).order_by("pk"))


def _require_no_other(site: Site, request_key: UUID) -> None:
    under_way: Any = StatementRun.objects.filter(site=site, state__in=UNDER_WAY)
    other = under_way.exclude(request_key=request_key).first()
    if other is not None:
        words = {
            "number": other.number,
            "from": local_time_text(other.from_date),
            "to": local_time_text(other.through_date),
        }
        message = _("%(number)s, from %(from)s to %(to)s, is still under way at this site. Wait for it or cancel it.")
        raise RunUnderWay(message % words, errors=[FieldError(message % words, "site", None, other.number)])


def _take_line(run: StatementRun) -> StatementRunLine | None:
    """The next airline that waits and that nobody has in hand, locked until the transaction ends."""
    lines: Any = StatementRunLine.objects.filter(run=run, run__state=RunState.RUNNING, outcome=RunOutcome.WAITING)
    found: StatementRunLine | None = (
        lines.select_for_update(skip_locked=True, of=("self",))
        .select_related("run__site__zone", "run__prepared_by", "airline__organisation")
        .order_by("airline__iata_code")
        .first()
    )
    return found


def _end_if_settled(run: StatementRun, at: datetime) -> None:
    run = documents.locked(run)
    lines = StatementRunLine.objects.filter(run=run)
    if run.state != RunState.RUNNING or lines.filter(outcome=RunOutcome.WAITING).exists():
        return
    run.state = RunState.FAILED if lines.filter(outcome=RunOutcome.FAILED).exists() else RunState.DONE
    run.ended_at = at
    documents.keep(run, actor=run.prepared_by, at=at)


def _unmatched(run: StatementRun, airline: Airline) -> int:
    """Tickets that no statement takes up before they are matched."""
    end = end_of(run.site, run.through_date)
    return DeliveryTicket.objects.filter(
        site=run.site, airline=airline, state__in=NOT_YET_BILLABLE, delivered_at__lt=end
    ).count()


def _told(error: FieldError) -> dict[str, Any]:
    figure = None if error.figure is None else str(error.figure)
    return {"message": str(error.message), "field": error.field, "figure": figure}
