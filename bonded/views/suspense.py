"""Pages of goods in suspense: what waits, how it is to end, and the decision of a second person."""

from typing import Any

from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.filters import SuspenseFilter, SuspenseResolutionFilter
from bonded.forms.suspense import ResolutionForm
from bonded.models import SuspenseResolution
from bonded.operations.suspense import approve_resolution, refuse_resolution, submit_resolution
from bonded.payable import with_payable
from bonded.suspense import SuspensePosition, position_of, suspense_positions
from bonded.suspense_tables import SuspenseResolutionTable, SuspenseTable
from bonded.views.documents import DocumentAct, DocumentDetail, DocumentFormPage, DocumentList
from bonded.views.payments import PAYMENT_FACTS, PayPage
from documents.acts import may_post
from ledger.queries import day_after, lots
from registry.models import Site
from registry.navigation import STAFF
from registry.pages import Link, ListPage, Text
from registry.wording import money_text, name_text, quantity_text


class SuspenseList(ListPage):
    """Every position in suspense at the reader's sites, with its age; also as a file."""

    readers = STAFF
    title = gettext_lazy("Goods in suspense")
    subtitle = gettext_lazy(
        "Short of the declaration: in the book and not on the floor. Over: on the floor, in no book."
    )
    filterset_class = SuspenseFilter
    table_class = SuspenseTable
    tiebreak = None

    def queryset(self) -> models.QuerySet[Any]:
        return lots().visible_to(self.user)

    def links(self) -> list[Link]:
        return [Link(_("Settlements"), reverse("bonded:suspense_resolution_list"), icon="history")]

    def table(self, filterset: Any) -> Any:
        table = super().table(filterset)
        if not may_post(self.user):
            table.exclude = (*table.exclude, "settle")
        return table

    def rows(self, filterset: Any) -> list[Any]:
        if not filterset.is_valid():
            return []
        asked = filterset.form.cleaned_data
        sites = Site.objects.visible_to(self.user).filter(**({"pk": asked["site"].pk} if asked["site"] else {}))
        day = asked["through_date"]
        until = day_after(day=day, zone_id=sites[0].zone_id) if day and sites else None
        wanted = set(filterset.qs.values_list("pk", flat=True)) if asked["q"] else None
        now = timezone.now()
        return [
            _Row(position, position.days(until or now))
            for position in suspense_positions(sites=sites, until=until)
            if (wanted is None or position.lot.pk in wanted)
            and asked["against"] in {"", "short" if position.is_short else "over"}
        ]


class _Row:
    """A position with its age on the day asked about."""

    def __init__(self, position: SuspensePosition, days_waiting: int) -> None:
        self.days_waiting = days_waiting
        self.position = position

    def __getattr__(self, name: str) -> Any:
        return getattr(self.position, name)


class ResolutionPage:
    model = SuspenseResolution
    kind_url = "suspense_resolution"
    list_label = gettext_lazy("Settlements")


class ResolutionList(ResolutionPage, DocumentList):
    title = gettext_lazy("Settlements of goods in suspense")
    filterset_class = SuspenseResolutionFilter
    table_class = SuspenseResolutionTable

    def queryset(self) -> models.QuerySet[Any]:
        return with_payable(super().queryset().select_related("site", "prepared_by", "lot__item__unit"))

    def links(self) -> list[Link]:
        return [Link(_("Goods in suspense"), reverse("bonded:suspense_list"), icon="scale")]


class ResolutionDetail(ResolutionPage, DocumentDetail):
    fact_names = (
        *("site", "way", "lot", "book", "to_place", "admission", "reason"),
        *("prepared_by", "prepared_at", "decided_by", "decided_at", *PAYMENT_FACTS, "remark"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        people = ("prepared_by", "decided_by", "payment_recorded_by")
        return (
            super().queryset().select_related("site__zone", "lot__item__unit", "book", "to_place", "admission", *people)
        )

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        unit = str(one.lot.item.unit)
        shown: list[dict[str, Any]] = [
            {"label": name_text(one.lot.item), "value": quantity_text(one.quantity), "unit": unit}
        ]
        if one.tax_cny is not None:
            labels = {
                "customs_value_cny": _("Customs value"),
                "duty_cny": _("Duty"),
                "consumption_tax_cny": _("Consumption tax"),
                "vat_cny": _("VAT"),
                "tax_cny": _("Payable duty and tax"),
            }
            shown += [
                {"label": label, "value": money_text(getattr(one, name)), "unit": "CNY"}
                for name, label in labels.items()
            ]
        return shown


class SuspenseSettle(ResolutionPage, DocumentFormPage):
    """How the goods of one lot in suspense are to end; a second person decides."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("Settle goods in suspense")
    template_name = "registry/act_page.html"
    form_class = ResolutionForm
    button = gettext_lazy("Ask for the decision")

    @cached_property
    def object(self) -> Any:
        found = lots().visible_to(self.user).select_related("site__zone", "item__unit")
        lot = found.filter(pk=self.kwargs["pk"]).first()
        if lot is None or position_of(site=lot.site, lot_id=lot.pk) is None:
            raise Http404
        return lot

    @cached_property
    def position(self) -> Any:
        return position_of(site=self.object.site, lot_id=self.object.pk)

    def get_subtitle(self) -> Text:
        words = {
            "quantity": quantity_text(self.position.quantity, self.position.unit),
            "item": name_text(self.object.item),
            "lot": self.object.number,
            "value": money_text(self.position.customs_value_cny, "CNY"),
            "tax": money_text(self.position.tax_cny, "CNY"),
        }
        return _("%(quantity)s of %(item)s, lot %(lot)s: customs value %(value)s, suspended tax %(tax)s.") % words

    def back(self) -> Link:
        return Link(_("Goods in suspense"), reverse("bonded:suspense_list"))

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user, "position": self.position}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> SuspenseResolution:
        return submit_resolution(
            site=self.object.site,
            lot=self.object,
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
            **form.cleaned_data,
        )

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s was submitted. It waits for somebody else to decide.") % {"number": outcome.number}


class ResolutionApprove(ResolutionPage, DocumentAct):
    act_name = "approve"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> SuspenseResolution:
        return approve_resolution(resolution=self.object, actor=self.user, at=self.now)


class ResolutionRefuse(ResolutionPage, DocumentAct):
    act_name = "refuse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> SuspenseResolution:
        return refuse_resolution(
            resolution=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"]
        )


class ResolutionPay(PayPage, ResolutionPage, DocumentAct):
    """The payment of the duty and tax on goods that were short."""
