"""The columns of the lists of fuel documents."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from customs.document_tables import DocumentTable
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, StatusColumn


class ReconciliationTable(DocumentTable):
    state = StatusColumn(verbose_name=_("State"))
    tank = CodeColumn(accessor="tank__place__code", verbose_name=_("Tank"))
    ends_at = LocalTimeColumn(verbose_name=_("Reconciled to"))
    book_kg = QuantityColumn(verbose_name=_("Book (kg)"))
    physical_kg = QuantityColumn(verbose_name=_("Physical (kg)"))
    gain_loss_kg = QuantityColumn(verbose_name=_("Gain or loss (kg)"))
    percent_of_issues = QuantityColumn(verbose_name=_("% of issues"))
    percent_of_throughput = QuantityColumn(verbose_name=_("% of opening and receipts"))

    class Meta(DocumentTable.Meta):
        sequence = (
            "number",
            "state",
            "site",
            "tank",
            "ends_at",
            "book_kg",
            "physical_kg",
            "gain_loss_kg",
            "percent_of_issues",
            "percent_of_throughput",
            "...",
        )
        caption = _("Tank reconciliations")
        empty_text = _("No reconciliation matches what you asked for.")


class ReconciliationLineTable(tables.Table):
    """What each duty status had, moved and bears; the last row sums them up."""

    customs_status = tables.Column(verbose_name=_("Duty status"))
    opening_kg = QuantityColumn(verbose_name=_("Opening"))
    receipts_kg = QuantityColumn(verbose_name=_("+ receipts"))
    defuels_kg = QuantityColumn(verbose_name=_("+ defuels"))
    transfers_kg = QuantityColumn(verbose_name=_("± transfers"))
    adjustments_kg = QuantityColumn(verbose_name=_("± adjustments"))
    uplifts_kg = QuantityColumn(verbose_name=_("− uplifts"))
    samples_kg = QuantityColumn(verbose_name=_("− samples"))
    drains_kg = QuantityColumn(verbose_name=_("− drains"))
    book_kg = QuantityColumn(verbose_name=_("= book"))
    gain_loss_kg = QuantityColumn(verbose_name=_("Gain or loss"))

    class Meta:
        caption = _("By duty status, in kilograms")
        attrs = {"class": "table table-dense table-tall-head"}
        orderable = False
