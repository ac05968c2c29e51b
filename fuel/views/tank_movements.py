"""Pages of tank movements."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.consignment_tables import DrawTable, TankMovementTable
from fuel.filters import TankMovementFilter
from fuel.forms.consignments import TankMovementForm
from fuel.models import TankMovement
from fuel.operations.reversals import reverse_tank_movement
from fuel.operations.tank_movements import move_fuel
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentFormPage, DocumentList
from registry.pages import Text
from registry.wording import quantity_text


class TankMovementPage:
    model = TankMovement
    kind_url = "tank_movement"
    list_label = gettext_lazy("Tank movements")


class TankMovementList(TankMovementPage, DocumentList):
    title = gettext_lazy("Tank movements")
    add_label = gettext_lazy("New tank movement")
    filterset_class = TankMovementFilter
    table_class = TankMovementTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "from_tank__place", "to_tank__place", "prepared_by")


class TankMovementDetail(TankMovementPage, DocumentDetail):
    fact_names = (
        "site",
        "movement",
        "from_tank",
        "to_tank",
        "customs_status",
        "moved_at",
        "is_reversed",
        "prepared_by",
        "prepared_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "from_tank__place", "to_tank__place", "prepared_by")

    def figures(self) -> list[dict[str, Any]]:
        return [{"label": _("Mass moved"), "value": quantity_text(self.object.mass_kg), "unit": "kg"}]

    def tables(self) -> list[Any]:
        return [(_("Lots moved, oldest first"), DrawTable(self.object.draws.select_related("lot", "tank__place")))]


class TankMovementAdd(TankMovementPage, DocumentFormPage):
    """Posted as soon as it is sent."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("New tank movement")
    subtitle = gettext_lazy(
        "Released fuel is taken from the oldest consignment first. It is posted as soon as it is sent."
    )
    template_name = "registry/act_page.html"
    form_class = TankMovementForm
    button = gettext_lazy("Post")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        given = form.cleaned_data
        return move_fuel(
            **{**given, "moved_at": given["moved_at"] or self.now},
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )

    def success_message(self, outcome: TankMovement) -> Text:
        return _("%(number)s was posted.") % {"number": outcome.number}


class TankMovementReverse(TankMovementPage, DocumentAct):
    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        return reverse_tank_movement(
            tank_movement=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )

    def success_message(self, outcome: TankMovement) -> Text:
        return _("%(number)s was reversed.") % {"number": outcome.number}
