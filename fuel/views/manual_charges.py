"""Pages of manual charges: what is charged to an airline, or given back, by hand."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.form_fields import figures
from fuel.filters import ManualChargeFilter
from fuel.forms.prices import ManualChargeForm
from fuel.models import Charge, ChargeKind, ManualCharge, ManualChargeState
from fuel.operations import manual_charges
from fuel.operations.charges import standing
from fuel.operations.manual_charges import ManualChargeDetails
from fuel.statement_tables import ManualChargeTable
from fuel.statement_wording import vat_rate_told
from fuel.views.documents import DocumentAct, DocumentChange, DocumentDetail, DocumentFormPage, DocumentList
from registry.facts import Fact
from registry.models import Role
from registry.pages import Link, Text
from registry.rules import has_role
from registry.wording import money_text

PERCENT = Decimal(100)
DETAIL_FIELDS = tuple(field.name for field in fields(ManualChargeDetails))
RELATED = ("site__zone", "contract__airline__organisation", "contract__index", "prepared_by", "decided_by")


class ManualChargePage:
    model = ManualCharge
    kind_url = "manual_charge"
    list_label = gettext_lazy("Manual charges")


class ManualChargeList(ManualChargePage, DocumentList):
    title = gettext_lazy("Manual charges")
    add_label = gettext_lazy("New manual charge")
    filterset_class = ManualChargeFilter
    table_class = ManualChargeTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "contract__airline", "prepared_by")


class ManualChargeDetail(ManualChargePage, DocumentDetail):
    fact_names = (
        *("site", "contract", "from_date", "through_date", "description", "reason", "currency"),
        *("prepared_by", "prepared_at", "decided_by", "decided_at", "remark"),
    )

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "documents/document_print.html" if self.is_printed else "fuel/manual_charge_detail.html"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*RELATED)

    def facts(self) -> list[Fact]:
        one = self.object
        return [
            Fact(_("Airline"), one.contract.airline),
            *super().facts(),
            Fact(_("VAT rate"), vat_rate_told(one.vat_rate)),
        ]

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        told = ((_("Net"), one.net_amount), (_("VAT"), one.vat_amount), (_("Total"), one.total_amount))
        return [{"label": label, "value": money_text(amount), "unit": one.currency} for label, amount in told]

    def links(self) -> list[Link]:
        """What is charged already is taken back as any charge is."""
        links = super().links()
        may_credit = self.object.state == ManualChargeState.CHARGED and has_role(
            self.user, self.object.site, Role.SUPERVISOR
        )
        if self.is_printed or not may_credit:
            return links
        charged = standing(Charge.objects.filter(manual=self.object, kind=ChargeKind.MANUAL)).first()
        if charged is None:
            return links
        return [Link(_("Credit"), reverse("fuel:charge_credit", args=[charged.pk]), icon="cash-banknote"), *links]


class ManualChargeForms(ManualChargePage):
    """The form, whose VAT rate is a percentage."""

    template_name = "registry/act_page.html"
    form_class = ManualChargeForm

    def details(self, form: Any) -> ManualChargeDetails:
        given = {name: form.cleaned_data[name] for name in DETAIL_FIELDS if name in form.cleaned_data}
        return ManualChargeDetails(**given, vat_rate=form.cleaned_data["vat_percent"] / PERCENT)

    def success_message(self, outcome: ManualCharge) -> Text:
        words = {"number": outcome.number}
        return _("%(number)s waits until somebody else approves it; nothing is charged yet.") % words


class ManualChargeAdd(ManualChargeForms, DocumentFormPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New manual charge")
    subtitle = gettext_lazy(
        "Somebody else has to approve it; it then stands on the airline's next statement that goes through its period."
    )
    button = gettext_lazy("Send")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> ManualCharge:
        return manual_charges.ask_for_manual_charge(
            details=self.details(form), actor=self.user, at=self.now, request_key=self.request_key
        )


class ManualChargeChange(ManualChargeForms, DocumentChange):
    """A manual charge that was returned, said anew."""

    button = gettext_lazy("Send again")

    def initial(self) -> dict[str, Any]:
        one = self.object
        plain = {name: getattr(one, name) for name in DETAIL_FIELDS if name not in {"net_amount", "vat_rate"}}
        return {**plain, **figures(one, "net_amount"), "vat_percent": f"{(one.vat_rate * PERCENT).normalize():f}"}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> ManualCharge:
        return manual_charges.amend_manual_charge(
            manual_charge=self.object, details=self.details(form), actor=self.user, at=self.now
        )


class ManualChargeAct(ManualChargePage, DocumentAct):
    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("contract__airline")


class ManualChargeApprove(ManualChargeAct):
    act_name = "approve"

    @property
    def question(self) -> Text:
        """With what is decided on: the amount, for whom and for what."""
        one = self.object
        words = {
            "airline": one.contract.airline.iata_code,
            "what": one.description,
            "net": money_text(one.net_amount, one.currency),
            "total": money_text(one.total_amount, one.currency),
            "reason": one.reason,
        }
        told = _("%(airline)s: %(what)s, %(net)s net, %(total)s with VAT (%(reason)s).") % words
        return f"{told} {super().question}"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> ManualCharge:
        return manual_charges.approve_manual_charge(manual_charge=self.object, actor=self.user, at=self.now)


class ManualChargeReturn(ManualChargeAct):
    act_name = "return"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> ManualCharge:
        return manual_charges.return_manual_charge(
            manual_charge=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class ManualChargeVoid(ManualChargeAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> ManualCharge:
        return manual_charges.void_manual_charge(
            manual_charge=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )
