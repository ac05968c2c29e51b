"""The page on which a declaration is accepted: every figure that it fixes stands there before the act."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.acceptance import AcceptancePreview
from bonded.models import Admission
from documents.kind_pages import KindAct
from registry.lines import LineFormSet
from registry.pages import Text
from registry.wording import local_time_text, money_text

FIXED = gettext_lazy("What acceptance fixes")


def figures_of(preview: AcceptancePreview, *, is_admission: bool) -> list[dict[str, Any]]:
    """What an acceptance comes to, as cards: value, duty and taxes, and the guarantee afterwards."""
    taxes = {
        "duty_cny": _("Duty"),
        "consumption_tax_cny": _("Consumption tax"),
        "vat_cny": _("VAT"),
        "tax_cny": _("Duty and tax to be suspended") if is_admission else _("Payable duty and tax"),
    }
    shown = [{"label": _("Customs value"), "value": money_text(preview.customs_value_cny), "unit": "CNY"}]
    if not is_admission:
        shown = [{"label": _("Suspended, released"), "value": money_text(preview.released_tax_cny), "unit": "CNY"}]
    shown += [
        {"label": label, "value": money_text(getattr(preview, name)), "unit": "CNY"}
        for name, label in taxes.items()
        if getattr(preview, name) or name == "tax_cny"
    ]
    if preview.guarantee is not None:
        after = preview.guarantee
        words = {
            "number": after.number,
            "used": money_text(after.used_after_cny, "CNY"),
            "limit": money_text(after.limit_cny, "CNY"),
        }
        hint = _("%(number)s: %(used)s of %(limit)s used afterwards") % words
        if not is_admission:
            hint = _("%(number)s: %(used)s of %(limit)s used once it is discharged") % words
        tone = "danger" if after.free_after_cny < 0 else ""
        free = {"value": money_text(after.free_after_cny), "unit": "CNY", "hint": hint, "tone": tone}
        shown.append({"label": _("Guarantee free afterwards"), **free})
    return shown


class AcceptPage(KindAct):
    """An acceptance with its preview; declare the `preview_tables` of its lines and how the preview is reckoned."""

    template_name = "bonded/accept.html"
    preview_tables: Sequence[tuple[Text, Any]]

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("book")

    def reckon(self) -> AcceptancePreview:
        raise NotImplementedError

    @cached_property
    def preview(self) -> AcceptancePreview | None:
        """None once it is not waiting any more: then there is nothing to be shown before."""
        return self.reckon() if self.object.state == "submitted" else None

    def initial(self) -> dict[str, Any]:
        shown = self.preview
        return {
            "declaration_number": self.object.declaration_number,
            "previewed_tax_cny": None if shown is None else shown.tax_cny,
        }

    def get_subtitle(self) -> Text:
        if self.preview is None:
            return ""
        return _("At the rates of %(day)s.") % {"day": local_time_text(self.preview.day)}

    def ask(self, form: Any, lines: LineFormSet | None, *, status: int = 200) -> HttpResponse:
        """What is shown again shows the figures of now, and the next try answers to them."""
        if form.is_bound and self.preview is not None:
            form.data = form.data.copy()
            form.data["previewed_tax_cny"] = str(self.preview.tax_cny)
        return super().ask(form, lines, status=status)

    def context(self, **more: Any) -> dict[str, Any]:
        shown = self.preview
        if shown is None:
            return super().context(**more)
        return super().context(
            preview=shown,
            figures=figures_of(shown, is_admission=isinstance(self.object, Admission)),
            preview_tables=[(title, table(shown.lines)) for title, table in self.preview_tables if shown.lines],
            **more,
        )
