"""The lots that moved."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from registry.columns import CodeColumn, QuantityColumn


class DrawTable(tables.Table):
    """What of each lot was moved."""

    lot = CodeColumn(accessor="lot__number", verbose_name=_("Lot"))
    tank = CodeColumn(accessor="tank__place__code", verbose_name=_("Tank"))
    mass_kg = QuantityColumn(verbose_name=_("Mass (kg)"))

    class Meta:
        caption = _("Lots moved, oldest first")
        orderable = False
