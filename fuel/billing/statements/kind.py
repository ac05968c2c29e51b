"""What an airline owes at a site for a period."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Entry, Kind, Offer
from fuel.billing.statements import operations
from fuel.billing.statements.form import StatementForm
from fuel.billing.statements.pages import RELATED, StatementDetail, StatementIssue, StatementList, StatementReissue
from fuel.billing.statements.resource import StatementResource
from fuel.billing.statements.shapes import FuelStatementRowSerializer, FuelStatementSerializer, StatementRequest
from fuel.filters import AirlineChoiceFilter
from fuel.models import Statement, StatementState
from registry.columns import CodeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.navigation import READERS_OF_TICKETS
from registry.pages import Text


def issued(statement: Statement) -> Text:
    """What is said when it was issued, or issued again."""
    return _("%(number)s was issued.") % {"number": statement.number}


KIND = Kind(
    model=Statement,
    path="statements",
    title=gettext_lazy("Fuel statements"),
    place=220,
    readers=READERS_OF_TICKETS,
    entry=Entry(
        operation=operations.issue_statement,
        title=gettext_lazy("Issue a statement"),
        subtitle=gettext_lazy(
            "Every matched ticket of the period is charged once, with defuels, credits and rebills that wait. The"
            " statement is frozen; a correction is a credit beside it."
        ),
        form=StatementForm,
        button=gettext_lazy("Issue"),
        asked=StatementRequest,
        told=issued,
    ),
    offers=(
        Offer(
            operation=operations.reissue_statement,
            label=gettext_lazy("Issue again"),
            icon="history",
            question=gettext_lazy("What was corrected since stands beside it, under a new number. Say why."),
            told=issued,
            page=StatementReissue,
        ),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "airline": CodeColumn(accessor="airline__iata_code", verbose_name=gettext_lazy("Airline")),
        "from_date": tables.DateColumn(verbose_name=gettext_lazy("From")),
        "through_date": tables.DateColumn(verbose_name=gettext_lazy("Through")),
        "mass_kg": QuantityColumn(places=3, verbose_name=gettext_lazy("Mass (kg)")),
        "charges_total": MoneyColumn(verbose_name=gettext_lazy("Total")),
        "closing": MoneyColumn(verbose_name=gettext_lazy("Closing balance")),
        "currency": CodeColumn(verbose_name=gettext_lazy("Currency")),
        "saving_cny": MoneyColumn(verbose_name=gettext_lazy("Saved (CNY)"), orderable=False),
        "due_date": tables.DateColumn(verbose_name=gettext_lazy("Due")),
    },
    sequence=(
        *("number", "state", "airline", "from_date", "through_date", "mass_kg", "charges_total", "closing"),
        *("currency", "saving_cny", "due_date", "site", "..."),
    ),
    empty_text=gettext_lazy("No statement matches what you asked for."),
    searched=("number", "airline__iata_code", "airline__organisation__name"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=StatementState.choices, label=gettext_lazy("State")),
        "airline": AirlineChoiceFilter(),
        "currency": CodeFilter("currency", label=gettext_lazy("Currency (ISO 4217)")),
        "from_day": filters.DateFilter(
            "through_date",
            lookup_expr="gte",
            label=gettext_lazy("Of a period that ends on this day or later"),
            widget=forms.DateInput,
        ),
        "through_day": filters.DateFilter(
            "from_date",
            lookup_expr="lte",
            label=gettext_lazy("Of a period that begins on this day or earlier"),
            widget=forms.DateInput,
        ),
    },
    folded=("currency", "from_day", "through_day"),
    related=("site", "airline", "prepared_by"),
    detail_related=RELATED,
    facts=(
        *("airline", "site", "from_date", "through_date", "currency", "due_date", "supersedes"),
        *("opening", "charges_total", "payments_total", "closing", "sha256", "prepared_at", "remark"),
    ),
    pages={"list": StatementList, "detail": StatementDetail, "add": StatementIssue},
    answers=Answers(
        whole=FuelStatementSerializer,
        row=FuelStatementRowSerializer,
        doc=(
            "What airlines owe for a period, frozen as it was issued. An airline reads its own statements, and no"
            " others."
        ),
        related=(*RELATED, "superseded_by"),
        base=StatementResource,
    ),
)
