"""The page of a tank reconciliation, with the course of its tank."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from documents.kind_pages import KindDetail
from documents.lists import table_of
from fuel.models import TankReconciliation
from fuel.queries import posted_late_kg
from fuel.reconciliations.model import UNDONE
from registry.facts import Fact
from registry.wording import quantity_text

CHARTED = 30


class ReconciliationDetail(KindDetail):
    """A tank reconciliation."""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().prefetch_related("lines", "losses__lot")

    def facts(self) -> list[Fact]:
        late_kg = posted_late_kg(self.object)
        told = [Fact(_("Posted late to earlier days"), quantity_text(late_kg, "kg"))] if late_kg else []
        return [*super().facts(), *told]

    @cached_property
    def course(self) -> list[TankReconciliation]:
        """The tank's last reconciliations up to this one, oldest first."""
        rows = TankReconciliation.objects.filter(tank=self.object.tank, ends_at__lte=self.object.ends_at)
        found = rows.exclude(state__in=UNDONE).order_by("-ends_at")[:CHARTED]
        return list(found)[::-1]

    def charts(self) -> list[dict[str, Any]]:
        """Book against physical, and the gain or loss as it adds up."""
        labels = [f"{one.ends_at:%m-%d}" for one in self.course]
        urls = [one.get_absolute_url() for one in self.course]
        sums, so_far = [], Decimal(0)
        for one in self.course:
            so_far += one.gain_loss_kg
            sums.append(float(so_far))
        return [
            {
                "id": "book-physical",
                "title": _("Book against physical"),
                "chart": {
                    "kind": "lines",
                    "label": _("Reconciled to"),
                    "x": labels,
                    "urls": urls,
                    "series": [
                        {"label": _("Book"), "unit": "kg", "values": [float(one.book_kg) for one in self.course]},
                        {
                            "label": _("Physical"),
                            "unit": "kg",
                            "values": [float(one.physical_kg) for one in self.course],
                        },
                    ],
                },
            },
            {
                "id": "gain-loss",
                "title": _("Cumulative gain and loss"),
                "chart": {
                    "kind": "lines",
                    "label": _("Reconciled to"),
                    "x": labels,
                    "urls": urls,
                    "series": [{"label": _("Gain or loss"), "unit": "kg", "values": sums}],
                },
            },
        ]

    @property
    def template_name(self) -> str:
        return "documents/document_print.html" if self.is_printed else "fuel/reconciliation_detail.html"

    def context(self, **more: Any) -> dict[str, Any]:
        if self.is_printed:
            return super().context(**more)
        course = table_of(self.kind)(
            self.course, orderable=False, exclude=("site", "tank", "prepared_at", "prepared_by")
        )
        return super().context(charts=self.charts(), course=course, **more)
