"""Pages of consolidated declarations: drawn up from what has left, decided on, followed down to every document."""

import calendar
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.db import models
from django.db.models import F, OuterRef, Subquery, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customs.declarations import operations
from customs.declarations.operations import DrawnUp
from customs.declared import source_of
from customs.models import Declaration, DeclarationLine, DeclaredDocument
from customs.queries import documents_of
from documents.kind_pages import KindAct, KindAdd, KindDetail, KindList
from documents.tables import WITH_TALL_HEAD
from registry.columns import CodeColumn, CustomsTimeColumn, MoneyColumn, QuantityColumn, YesColumn
from registry.filters import SearchFilterSet
from registry.navigation import STAFF
from registry.pages import Link, ListPage, Text
from registry.wording import CUSTOMS_TIME, local_time_text, money_text, quantity_text

SHOWN_ON_THE_DETAIL = 10


class DeclarationLineTable(tables.Table):
    """What of one lot went to one country with one relief."""

    row = tables.Column(verbose_name=gettext_lazy("Line"))
    lot = CodeColumn(
        accessor="lot__number",
        linkify=("ledger:lot_detail", {"pk": tables.A("lot_id")}),
        verbose_name=gettext_lazy("Lot"),
    )
    item = CodeColumn(accessor="item__code", verbose_name=gettext_lazy("Item"))
    hs_code = CodeColumn(accessor="lot__hs_code", verbose_name=gettext_lazy("HS code"))
    origin = CodeColumn(accessor="lot__origin", verbose_name=gettext_lazy("Origin"))
    destination = CodeColumn(verbose_name=gettext_lazy("To"))
    quantity = QuantityColumn(unit="item__unit__symbol", verbose_name=gettext_lazy("Quantity"))
    relieves_duty = YesColumn(verbose_name=gettext_lazy("No duty"))
    relieves_consumption_tax = YesColumn(verbose_name=gettext_lazy("No consumption tax"))
    relieves_vat = YesColumn(verbose_name=gettext_lazy("No VAT"))
    released_value_cny = MoneyColumn(verbose_name=gettext_lazy("Booked value (CNY)"))
    released_tax_cny = MoneyColumn(verbose_name=gettext_lazy("Suspended, released (CNY)"))
    tax_cny = MoneyColumn(verbose_name=gettext_lazy("Payable (CNY)"))

    class Meta:
        caption = gettext_lazy("Lines of the declaration")
        attrs = WITH_TALL_HEAD
        orderable = False


class DeclaredDocumentTable(tables.Table):
    """How much of which lot is declared for which document."""

    document_number = CodeColumn(
        linkify=lambda record: source_of(record.document_kind).url_of(record.document_id),
        verbose_name=gettext_lazy("Document"),
    )
    occurred_at = CustomsTimeColumn(verbose_name=gettext_lazy("Left (customs time)"))
    row = tables.Column(accessor="line__row", verbose_name=gettext_lazy("Line"))
    lot = CodeColumn(accessor="lot__number", verbose_name=gettext_lazy("Lot"))
    destination = CodeColumn(accessor="line__destination", verbose_name=gettext_lazy("To"))
    quantity = QuantityColumn(unit="line__item__unit__symbol", verbose_name=gettext_lazy("Declared"))
    deducted_quantity = QuantityColumn(unit="line__item__unit__symbol", verbose_name=gettext_lazy("Deducted"))

    class Meta:
        caption = gettext_lazy("Declared documents")
        empty_text = gettext_lazy("No document matches what you asked for.")


class DeclaredDocumentFilter(SearchFilterSet):
    searched = ("document_number", "lot__number")

    class Meta:
        model = DeclaredDocument
        fields = ()


class DeclarationList(KindList):
    """Declarations with what they come to."""

    subtitle = gettext_lazy("What left in a month, in one consolidated declaration.")

    def queryset(self) -> models.QuerySet[Any]:
        lines = DeclarationLine.objects.filter(declaration=OuterRef("pk")).order_by().values("declaration")
        mass = lines.annotate(total=Sum("quantity")).values("total")
        tax = lines.annotate(total=Sum(F("duty_cny") + F("consumption_tax_cny") + F("vat_cny"))).values("total")
        rows: models.QuerySet[Any] = super().queryset().annotate(net_mass_kg=Subquery(mass), tax_cny=Subquery(tax))
        return rows


class DeclarationDetail(KindDetail):
    """A declaration with the first of the documents that it declares."""

    @property
    def template_name(self) -> str:
        return "documents/document_print.html" if self.is_printed else "customs/declaration_detail.html"

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


class DeclaredDocumentList(ListPage):
    """Every document of a declaration, also as a file."""

    readers = STAFF
    filterset_class = DeclaredDocumentFilter
    table_class = DeclaredDocumentTable

    @cached_property
    def declaration(self) -> Declaration:
        found: Declaration = get_object_or_404(Declaration.objects.visible_to(self.user), pk=self.kwargs["pk"])
        return found

    def get_title(self) -> Text:
        return _("Documents of %(number)s") % {"number": self.declaration.number}

    def back(self) -> Link:
        return Link(self.declaration.number, self.declaration.get_absolute_url())

    def file_name(self) -> str:
        return f"documents-{self.declaration.number}"

    def queryset(self) -> models.QuerySet[Any]:
        return documents_of(self.declaration)


class DeclarationAdd(KindAdd):
    """One declaration, or one for each who took anything out."""

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
            return operations.draw_up_all(**asked)
        words = {name: given[name] for name in ("bonded_note_number", "remark")}
        return operations.draw_up_declaration(**asked, **words, declarant=declarant)

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


class DeclarationRedraw(KindAct):
    """Drawing up again, with what the declaration says now."""

    def initial(self) -> dict[str, Any]:
        return {"bonded_note_number": self.object.bonded_note_number, "remark": self.object.remark}
