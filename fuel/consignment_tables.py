"""The columns of the lists of tank movements and status changes."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from documents.tables import DocumentTable
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, StatusColumn


class TankMovementTable(DocumentTable):
    state = StatusColumn(verbose_name=_("State"))
    movement = tables.Column(verbose_name=_("Movement"))
    from_tank = CodeColumn(accessor="from_tank__place__code", verbose_name=_("From tank"))
    to_tank = CodeColumn(accessor="to_tank__place__code", verbose_name=_("To tank"))
    customs_status = tables.Column(verbose_name=_("Duty status"))
    mass_kg = QuantityColumn(verbose_name=_("Mass (kg)"))
    moved_at = LocalTimeColumn(verbose_name=_("Moved"))

    class Meta(DocumentTable.Meta):
        sequence = ("number", "state", "site", "movement", "...", "prepared_at", "prepared_by")
        caption = _("Tank movements")
        empty_text = _("No tank movement matches what you asked for.")


class DrawTable(tables.Table):
    """What of each lot was moved."""

    lot = CodeColumn(accessor="lot__number", verbose_name=_("Lot"))
    tank = CodeColumn(accessor="tank__place__code", verbose_name=_("Tank"))
    mass_kg = QuantityColumn(verbose_name=_("Mass (kg)"))

    class Meta:
        caption = _("Lots moved, oldest first")
        orderable = False
