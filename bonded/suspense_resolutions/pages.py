"""Pages of settlements that differ from those of other documents; one is entered from the goods in suspense."""

from typing import Any

from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.payable import with_payable
from bonded.suspense import position_of
from documents import kind_pages
from documents.reversals.detail import ReversibleDetail
from ledger.queries import lots
from registry.pages import Link, Text
from registry.wording import money_text, name_text, quantity_text


class ResolutionList(kind_pages.KindList):
    def queryset(self) -> models.QuerySet[Any]:
        return with_payable(super().queryset())

    def links(self) -> list[Link]:
        return [Link(_("Goods in suspense"), reverse("bonded:suspense_list"), icon="scale")]


class ResolutionDetail(ReversibleDetail):
    list_label = gettext_lazy("Settlements")


class SuspenseSettle(kind_pages.KindAdd):
    """How the goods of one lot in suspense are to end; a second person decides."""

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

    def figures_of(self, form: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {**form.cleaned_data, "site": self.object.site, "lot": self.object}
