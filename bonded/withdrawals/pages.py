"""Pages of withdrawals that differ from those of other documents."""

from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bonded import tables
from bonded.acceptance import AcceptancePreview, preview_withdrawal
from bonded.acceptance_tables import WithdrawalPreviewTable
from bonded.models import WithdrawalPick
from bonded.payable import with_payable
from bonded.views.acceptance import FIXED, AcceptPage
from documents.kind_pages import KindList
from documents.reversals.detail import ReversibleDetail
from registry.wording import money_text, quantity_text


class WithdrawalList(KindList):
    def queryset(self) -> models.QuerySet[Any]:
        return with_payable(super().queryset().annotate(line_count=Count("lines")))


class WithdrawalDetail(ReversibleDetail):
    @cached_property
    def picks(self) -> list[Any]:
        picks = WithdrawalPick.objects.filter(line__withdrawal=self.object)
        return list(picks.select_related("line__item__unit", "lot", "place").order_by("line__row", "pk"))

    @cached_property
    def lines(self) -> list[Any]:
        """The lines with what is booked for them and payable on them, once they are picked."""
        lines = list(self.object.lines.select_related("item__unit", "lot"))
        for line in lines:
            picks = [pick for pick in self.picks if pick.line_id == line.pk]
            taxes = [pick.tax_cny for pick in picks if pick.tax_cny is not None]
            line.released_value_cny = sum(pick.released_value_cny for pick in picks) if picks else None
            line.released_tax_cny = sum(pick.released_tax_cny for pick in picks) if picks else None
            line.payable_cny = sum(taxes) if taxes else None
        return lines

    def figures(self) -> list[dict[str, Any]]:
        if not self.picks:
            return []
        net_mass_kg = sum(pick.net_mass_kg for pick in self.picks)
        released_cny = sum(line.released_tax_cny for line in self.lines if line.released_tax_cny)
        payable_cny = sum(line.payable_cny for line in self.lines if line.payable_cny)
        return [
            {"label": pgettext("how many", "Lines"), "value": quantity_text(len(self.lines))},
            {"label": _("Net mass"), "value": quantity_text(net_mass_kg), "unit": "kg"},
            {"label": _("Suspended, released"), "value": money_text(released_cny), "unit": "CNY"},
            {"label": _("Payable duty and tax"), "value": money_text(payable_cny), "unit": "CNY"},
        ]

    def tables(self) -> list[Any]:
        shown: list[Any] = [(_("Lines"), tables.WithdrawalLineTable(self.lines))]
        if self.picks:
            shown.append((_("Picks"), tables.PickTable(self.picks)))
        return shown


class WithdrawalAccept(AcceptPage):
    preview_tables = ((FIXED, WithdrawalPreviewTable),)

    def reckon(self) -> AcceptancePreview:
        return preview_withdrawal(self.object, at=self.now)
