"""Pages of manual charges that say more than their kind declares."""

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.kind_pages import KindAct, KindDetail
from fuel.billing.charges.operations import standing
from fuel.billing.statement_wording import vat_rate_told
from fuel.models import Charge, ChargeKind, ManualChargeState
from registry.facts import Fact
from registry.models import Role
from registry.pages import Link, Text
from registry.rules import has_role
from registry.wording import money_text


class ManualChargeDetail(KindDetail):
    """A manual charge with its airline; what is charged already is taken back as any charge is."""

    @property
    def template_name(self) -> str:
        return "documents/document_print.html" if self.is_printed else "fuel/manual_charge_detail.html"

    def facts(self) -> list[Fact]:
        one = self.object
        return [
            Fact(_("Airline"), one.contract.airline),
            *super().facts(),
            Fact(_("VAT rate"), vat_rate_told(one.vat_rate)),
        ]

    def links(self) -> list[Link]:
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


class ManualChargeApprove(KindAct):
    """Asked with what is decided on: the amount, for whom and for what."""

    @property
    def question(self) -> Text:
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
