"""Consolidated declarations: what left bonded over a month, for one declarant and book."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.declaration_number_pages import number_offer
from customs.declarations import operations, pages
from customs.declarations.form import AcceptDeclarationForm, DeclarationForm, RedrawForm
from customs.declarations.shapes import (
    AcceptRequest,
    DeclarationRequest,
    DeclarationResource,
    DeclarationRowSerializer,
    DeclarationSerializer,
    RedrawRequest,
)
from customs.models import Declaration, DeclarationLine, DeclarationState
from documents.kinds import Answers, Entry, Kind, Offer, Waits
from documents.offers import offer_return, offer_reversal, offer_take_back, offer_void
from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.pages import Text
from registry.wording import local_time_text, quantity_text


def about(declarations: list[Any]) -> Mapping[int, list[str]]:
    """Whose goods of which days, and how much of them."""
    lines: Any = DeclarationLine.objects.filter(declaration__in=declarations).order_by().values_list("declaration")
    declared = dict(lines.annotate(Sum("quantity")))
    return {
        one.pk: [
            one.declarant.name,
            f"{local_time_text(one.from_date)} – {local_time_text(one.through_date)}",
            quantity_text(declared.get(one.pk), "kg"),
        ]
        for one in declarations
    }


def drawn_up_again(declaration: Declaration) -> Text:
    """What is said when it was drawn up again."""
    return _("%(number)s was drawn up again.") % {"number": declaration.number}


KIND = Kind(
    model=Declaration,
    path="declarations",
    title=gettext_lazy("Declarations"),
    section="customs",
    place=310,
    icon="certificate",
    shortcut="e",
    entry=Entry(
        operation=operations.draw_up_declaration,
        title=gettext_lazy("Draw up monthly declarations"),
        subtitle=gettext_lazy(
            "Everything that left in the month and stands on no declaration yet."
            " Nothing is typed: the documents say it."
        ),
        form=DeclarationForm,
        button=gettext_lazy("Draw up"),
        asked=DeclarationRequest,
    ),
    offers=(
        Offer(
            operation=operations.accept_declaration,
            label=gettext_lazy("Accept"),
            icon="check",
            tone="primary",
            question=gettext_lazy("The rates of today are fixed with it, and the account book sets the goods apart."),
            form=AcceptDeclarationForm,
            asked=AcceptRequest,
            waits=(
                Waits(
                    label=gettext_lazy("Declarations to accept or return"),
                    icon="certificate",
                    since="submitted_at",
                    answers=("accept", "return"),
                ),
            ),
        ),
        offer_return(operations.return_declaration),
        Offer(
            operation=operations.submit_declaration,
            label=gettext_lazy("Submit"),
            icon="send",
            tone="primary",
            question=gettext_lazy("It then waits for somebody else to accept it."),
            waits=(
                Waits(
                    label=gettext_lazy("Declarations to correct"),
                    icon="arrow-back-up",
                    states=(DeclarationState.RETURNED,),
                ),
                Waits(label=gettext_lazy("Declarations to submit"), icon="pencil", states=(DeclarationState.DRAFT,)),
            ),
        ),
        Offer(
            operation=operations.draw_up_again,
            label=gettext_lazy("Draw up again"),
            icon="history",
            question=gettext_lazy("From what has left and come back until now."),
            form=RedrawForm,
            asked=RedrawRequest,
            told=drawn_up_again,
            page=pages.DeclarationRedraw,
        ),
        Offer(
            operation=operations.release_declaration,
            label=gettext_lazy("Release"),
            icon="rubber-stamp",
            tone="primary",
            question=gettext_lazy("What is still out leaves the account book."),
            waits=(Waits(label=gettext_lazy("Declarations to release"), icon="certificate", since="accepted_at"),),
        ),
        Offer(
            operation=operations.close_declaration,
            label=gettext_lazy("Close"),
            icon="lock",
            tone="primary",
            question=gettext_lazy("Nothing more is to be done to it."),
        ),
        offer_take_back(operations.take_back_declaration),
        offer_void(operations.void_declaration),
        offer_reversal(operations.reverse_declaration, told=None),
        number_offer(Declaration, DeclarationState.ACCEPTED, DeclarationState.RELEASED, DeclarationState.CLOSED),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "declarant": tables.Column(
            accessor="declarant__name", verbose_name=gettext_lazy("Declarant"), attrs={"td": {"class": "wrap"}}
        ),
        "from_date": LocalTimeColumn(verbose_name=gettext_lazy("From")),
        "through_date": LocalTimeColumn(verbose_name=gettext_lazy("Through")),
        "due_date": LocalTimeColumn(verbose_name=gettext_lazy("To be declared by"), orderable=False),
        "declaration_number": CodeColumn(verbose_name=gettext_lazy("Customs declaration number")),
        "net_mass_kg": QuantityColumn(verbose_name=gettext_lazy("Declared (kg)")),
        "tax_cny": MoneyColumn(verbose_name=gettext_lazy("Payable (CNY)")),
    },
    sequence=(
        *("number", "state", "declarant", "from_date", "through_date", "due_date", "net_mass_kg", "tax_cny"),
        *("declaration_number", "site", "..."),
    ),
    empty_text=gettext_lazy("No declaration matches what you asked for."),
    searched=("number", "declaration_number", "bonded_note_number", "declarant__code", "declarant__name"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=DeclarationState.choices, label=gettext_lazy("State")),
        "from_date": filters.DateFilter(lookup_expr="gte", label=gettext_lazy("Period from"), widget=forms.DateInput),
        "through_date": filters.DateFilter(lookup_expr="lte", label=gettext_lazy("Period to"), widget=forms.DateInput),
        "book": CodeFilter("book__number", label=gettext_lazy("Number of the account book")),
        "declarant": CodeFilter("declarant__code", label=gettext_lazy("Code of the declarant")),
        "declaration_number": CodeFilter("declaration_number", label=gettext_lazy("Customs declaration number")),
    },
    folded=("book", "declarant", "declaration_number"),
    related=("site", "declarant", "prepared_by"),
    detail_related=("site__zone", "book", "declarant", "prepared_by", "accepted_by", "released_by"),
    facts=(
        *("site", "declarant", "book", "from_date", "through_date", "bonded_note_number", "declaration_number"),
        *("prepared_by", "prepared_at", "submitted_at", "accepted_by", "accepted_at", "released_by", "released_at"),
        "remark",
    ),
    about=about,
    answers=Answers(
        whole=DeclarationSerializer,
        row=DeclarationRowSerializer,
        doc="What one declarant took out of one account book over a month, in one consolidated declaration.",
        related=("site", "prepared_by", "book", "declarant", "accepted_by", "released_by"),
        lines=("lines__lot", "lines__item"),
        base=DeclarationResource,
    ),
    pages={
        "list": pages.DeclarationList,
        "add": pages.DeclarationAdd,
        "detail": pages.DeclarationDetail,
    },
)
