"""Statements of every airline of a site for a period, issued in the background."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Entry, Kind, Offer
from fuel.billing.statement_runs import operations
from fuel.billing.statement_runs.form import StatementRunForm
from fuel.billing.statement_runs.pages import StatementRunAdd, StatementRunDetail, StatementRunList
from fuel.billing.statement_runs.resource import StatementRunResource
from fuel.billing.statement_runs.shapes import RunRequest, StatementRunRowSerializer, StatementRunSerializer
from fuel.models import RunState, StatementRun
from fuel.tasks import send_statement_run
from registry.columns import QuantityColumn, StatusColumn
from registry.pages import Text


def ask_and_send(**asked: Any) -> StatementRun:
    """Ask for the statements of every airline of a site for a period; read the run again to see how far it is."""
    run = operations.ask_for_statement_run(**asked)
    send_statement_run(run)
    return run


def asked_for(run: StatementRun) -> Text:
    """What is said when it was asked for."""
    return _("%(number)s was asked for. You may leave this page; the run goes on.") % {"number": run.number}


KIND = Kind(
    model=StatementRun,
    path="statement-runs",
    title=gettext_lazy("Statement runs"),
    section="fuel",
    place=225,
    icon="calendar-check",
    entry=Entry(
        operation=ask_and_send,
        title=gettext_lazy("Issue monthly statements"),
        subtitle=gettext_lazy(
            "A statement of every airline of the site is issued in the background, each on its own: where a price is"
            " missing, that airline is left out and the others go on."
        ),
        form=StatementRunForm,
        button=gettext_lazy("Issue for all airlines"),
        asked=RunRequest,
        told=asked_for,
    ),
    offers=(
        Offer(
            operation=operations.cancel_statement_run,
            label=gettext_lazy("Cancel the run"),
            icon="player-stop",
            tone="outline-danger",
            question=gettext_lazy("It stops after the airline at hand. Statements that were issued stay."),
        ),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "from_date": tables.DateColumn(verbose_name=gettext_lazy("From")),
        "through_date": tables.DateColumn(verbose_name=gettext_lazy("Through")),
        "airlines": QuantityColumn(verbose_name=gettext_lazy("Airlines")),
        "airlines_settled": QuantityColumn(verbose_name=gettext_lazy("Settled")),
        "airlines_issued": QuantityColumn(verbose_name=gettext_lazy("Issued")),
        "airlines_with_nothing": QuantityColumn(verbose_name=gettext_lazy("Nothing to bill")),
        "airlines_refused": QuantityColumn(verbose_name=gettext_lazy("Refused")),
    },
    sequence=(
        *("number", "state", "site", "from_date", "through_date", "airlines", "airlines_settled"),
        *("airlines_issued", "airlines_refused", "airlines_with_nothing", "..."),
    ),
    empty_text=gettext_lazy("No statement run matches what you asked for."),
    filters={"state": filters.MultipleChoiceFilter(choices=RunState.choices, label=gettext_lazy("State"))},
    facts=("site", "from_date", "through_date", "remark", "prepared_by", "prepared_at", "started_at", "ended_at"),
    pages={"list": StatementRunList, "detail": StatementRunDetail, "add": StatementRunAdd},
    answers=Answers(
        whole=StatementRunSerializer,
        row=StatementRunRowSerializer,
        doc="Statements of every airline of a site for a period, issued in the background, airline by airline.",
        lines=("lines__airline", "lines__statement"),
        base=StatementRunResource,
    ),
)
