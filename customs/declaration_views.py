"""Pages of consolidated declarations: drawn up from what has left, decided on, followed down to every document."""

import calendar
from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import F, OuterRef, Subquery, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customs.declaration_number_pages import NumberAct
from customs.declaration_steps import STEPS
from customs.declaration_tables import DeclarationLineTable, DeclarationTable, DeclaredDocumentTable
from customs.filters import DeclarationFilter, DeclaredDocumentFilter
from customs.forms import DeclarationForm
from customs.models import Declaration, DeclarationLine
from customs.operations import declarations
from customs.operations.declarations import DrawnUp
from customs.queries import documents_of
from customs.rules import DECLARATION_RULES
from documents import pages
from registry.navigation import STAFF
from registry.pages import Link, ListPage, Text
from registry.wording import CUSTOMS_TIME, local_time_text, money_text, quantity_text

SHOWN_ON_THE_DETAIL = 10


class DeclarationPage:
    model = Declaration
    kind_url = "declaration"
    list_label = gettext_lazy("Declarations")
    namespace = "customs"
    rules = DECLARATION_RULES
    offers = STEPS


class DeclarationList(DeclarationPage, pages.DocumentList):
    title = gettext_lazy("Declarations")
    subtitle = gettext_lazy("What left over a month, declared at once.")
    add_label = gettext_lazy("Draw up a month")
    filterset_class = DeclarationFilter
    table_class = DeclarationTable

    def queryset(self) -> models.QuerySet[Any]:
        lines = DeclarationLine.objects.filter(declaration=OuterRef("pk")).order_by().values("declaration")
        mass = lines.annotate(total=Sum("quantity")).values("total")
        tax = lines.annotate(total=Sum(F("duty_cny") + F("consumption_tax_cny") + F("vat_cny"))).values("total")
        rows = super().queryset().select_related("site", "declarant", "prepared_by")
        return rows.annotate(net_mass_kg=Subquery(mass), tax_cny=Subquery(tax))


class DeclarationDetail(DeclarationPage, pages.DocumentDetail):
    fact_names = (
        *("site", "declarant", "book", "from_date", "through_date", "bonded_note_number", "declaration_number"),
        *("prepared_by", "prepared_at", "submitted_at", "accepted_by", "accepted_at", "released_by", "released_at"),
        "remark",
    )

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "documents/document_print.html" if self.is_printed else "customs/declaration_detail.html"

    def queryset(self) -> models.QuerySet[Any]:
        people = ("prepared_by", "accepted_by", "released_by")
        return super().queryset().select_related("site__zone", "book", "declarant", *people)

    @cached_property
    def lines(self) -> list[DeclarationLine]:
        return list(self.object.lines.select_related("lot", "item__unit").order_by("row"))

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        shown = [
            {"label": _("Declared"), "value": quantity_text(sum(line.quantity for line in self.lines)), "unit": "kg"},
            {"label": _("Account book"), "value": one.deduction.label},
            {"label": _("To be declared by"), "value": local_time_text(one.due_date)},
        ]
        if one.accepted_at is not None:
            released = sum(line.released_tax_cny or 0 for line in self.lines)
            payable = sum(line.tax_cny or 0 for line in self.lines)
            shown += [
                {"label": _("Suspended, released"), "value": money_text(released), "unit": "CNY"},
                {"label": _("Payable duty and tax"), "value": money_text(payable), "unit": "CNY"},
            ]
        return shown

    def tables(self) -> list[Any]:
        return [(_("Lines"), DeclarationLineTable(self.lines))]

    def context(self, **more: Any) -> dict[str, Any]:
        documents = documents_of(self.object)
        table = DeclaredDocumentTable(documents[:SHOWN_ON_THE_DETAIL], orderable=False)
        return super().context(documents=table, number_of_documents=documents.count(), **more)


class DeclaredDocumentList(DeclarationPage, ListPage):
    """Every document of a declaration, also as a file."""

    readers = STAFF
    filterset_class = DeclaredDocumentFilter
    table_class = DeclaredDocumentTable

    @cached_property
    def declaration(self) -> Declaration:
        return get_object_or_404(Declaration.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def get_title(self) -> Text:
        return _("Documents of %(number)s") % {"number": self.declaration.number}

    def back(self) -> Link:
        return Link(self.declaration.number, self.declaration.get_absolute_url())

    def file_name(self) -> str:
        return f"documents-{self.declaration.number}"

    def queryset(self) -> models.QuerySet[Any]:
        return documents_of(self.declaration)


class DeclarationAdd(DeclarationPage, pages.DocumentFormPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("Draw up a month")
    subtitle = gettext_lazy(
        "Everything that left in the month and stands on no declaration yet. Nothing is typed: the documents say it."
    )
    template_name = "registry/act_page.html"
    form_class = DeclarationForm
    button = gettext_lazy("Draw up")

    def form_kwargs(self) -> dict[str, Any]:
        return {**super().form_kwargs(), "today": self.now.astimezone(CUSTOMS_TIME).date()}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration | DrawnUp:
        given = dict(form.cleaned_data)
        month, declarant = given.pop("month"), given.pop("declarant")
        last = calendar.monthrange(month.year, month.month)[1]
        asked = {
            "book": given["book"],
            "declared_kind": given["declared_kind"],
            "from_date": month,
            "through_date": month.replace(day=last),
            "actor": self.user,
            "at": self.now,
            "request_key": self.request_key,
        }
        if declarant is None:
            return declarations.draw_up_all(**asked)
        words = {name: given[name] for name in ("bonded_note_number", "remark")}
        return declarations.draw_up_declaration(**asked, **words, declarant=declarant)

    def answer(self, outcome: Any) -> HttpResponse:
        if isinstance(outcome, DrawnUp):
            for declarant, refused in outcome.refused:
                messages.warning(self.request, f"{declarant.name}: {refused}")
        return super().answer(outcome)

    def success_message(self, outcome: Any) -> Text:
        if isinstance(outcome, Declaration):
            return _("%(number)s was drawn up. Submit it when it is complete.") % {"number": outcome.number}
        drawn = len(outcome.declarations)
        message = ngettext("%(drawn)s declaration was drawn up.", "%(drawn)s declarations were drawn up.", drawn)
        return message % {"drawn": drawn}

    def success_url(self, outcome: Any) -> str:
        if isinstance(outcome, Declaration):
            return str(outcome.get_absolute_url())
        return f"{reverse('customs:declaration_list')}?state=draft"


class DeclarationAct(DeclarationPage, pages.DocumentAct):
    """One act on a declaration."""


class DeclarationRedraw(DeclarationAct):
    act_name = "redraw"

    def initial(self) -> dict[str, Any]:
        return {"bonded_note_number": self.object.bonded_note_number, "remark": self.object.remark}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.draw_up_again(declaration=self.object, actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s was drawn up again.") % {"number": outcome.number}


class DeclarationSubmit(DeclarationAct):
    act_name = "submit"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.submit_declaration(declaration=self.object, actor=self.user, at=self.now)


class DeclarationReturn(DeclarationAct):
    act_name = "return"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.return_declaration(
            declaration=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class DeclarationAccept(DeclarationAct):
    act_name = "accept"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.accept_declaration(
            declaration=self.object,
            declaration_number=form.cleaned_data["declaration_number"],
            actor=self.user,
            at=self.now,
        )


class DeclarationRelease(DeclarationAct):
    act_name = "release"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.release_declaration(declaration=self.object, actor=self.user, at=self.now)


class DeclarationClose(DeclarationAct):
    act_name = "close"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.close_declaration(declaration=self.object, actor=self.user, at=self.now)


class DeclarationNumberEntered(NumberAct, DeclarationAct):
    """The declaration number, put right by somebody else."""


class DeclarationVoid(DeclarationAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.void_declaration(
            declaration=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class DeclarationReverse(DeclarationAct):
    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Declaration:
        return declarations.reverse_declaration(
            declaration=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )
