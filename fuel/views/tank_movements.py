"""Pages of tank movements."""

from dataclasses import fields
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.form_fields import figures
from fuel.consignment_tables import DrawTable, TankMovementTable
from fuel.filters import TankMovementFilter
from fuel.forms.consignments import TankMovementForm
from fuel.models import TankMovement, TankMovementState
from fuel.operations import tank_movements
from fuel.operations.reversals import reverse_tank_movement
from fuel.operations.tank_movements import MovementDetails
from fuel.views.documents import DocumentAct, DocumentChange, DocumentDetail, DocumentFormPage, DocumentList
from registry.pages import Text
from registry.wording import quantity_text

DETAIL_FIELDS = tuple(field.name for field in fields(MovementDetails))


def _told(outcome: TankMovement) -> Text:
    if outcome.state == TankMovementState.ASKED:
        return _("%(number)s waits until somebody else approves it; nothing is posted yet.") % {
            "number": outcome.number
        }
    return _("%(number)s was posted.") % {"number": outcome.number}


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
        "certificate_number",
        "moved_at",
        "prepared_by",
        "prepared_at",
        "decided_by",
        "decided_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        related = ("site__zone", "from_tank__place", "to_tank__place", "prepared_by", "decided_by")
        return super().queryset().select_related(*related)

    def figures(self) -> list[dict[str, Any]]:
        is_posted = self.object.state in {TankMovementState.POSTED, TankMovementState.REVERSED}
        label = _("Mass moved") if is_posted else _("Mass to be moved")
        return [{"label": label, "value": quantity_text(self.object.mass_kg), "unit": "kg"}]

    def tables(self) -> list[Any]:
        if self.object.state not in {TankMovementState.POSTED, TankMovementState.REVERSED}:
            return []
        return [(_("Lots moved, oldest first"), DrawTable(self.object.draws.select_related("lot", "tank__place")))]


class TankMovementAdd(TankMovementPage, DocumentFormPage):
    """Posted as soon as it is sent, or asked for."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("New tank movement")
    subtitle = gettext_lazy(
        "Released fuel is taken from the oldest consignment first. Above the site's limits for drains and samples, and"
        " for every destruction, somebody else has to approve it before it is posted."
    )
    template_name = "registry/act_page.html"
    form_class = TankMovementForm
    button = gettext_lazy("Send")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        given = form.cleaned_data
        return tank_movements.move_fuel(
            **{**given, "moved_at": given["moved_at"] or self.now},
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )

    def success_message(self, outcome: TankMovement) -> Text:
        return _told(outcome)


class TankMovementChange(TankMovementPage, DocumentChange):
    """A movement that was returned, said anew."""

    template_name = "registry/act_page.html"
    form_class = TankMovementForm
    button = gettext_lazy("Send again")

    def initial(self) -> dict[str, Any]:
        one = self.object
        plain = {name: getattr(one, name) for name in DETAIL_FIELDS if name != "mass_kg"}
        return {**plain, **figures(one, "mass_kg")}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        given = {name: form.cleaned_data[name] for name in DETAIL_FIELDS}
        return tank_movements.amend_tank_movement(
            tank_movement=self.object,
            details=MovementDetails(**{**given, "moved_at": given["moved_at"] or self.now}),
            actor=self.user,
            at=self.now,
        )

    def success_message(self, outcome: TankMovement) -> Text:
        return _told(outcome)


class TankMovementApprove(TankMovementPage, DocumentAct):
    act_name = "approve"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        return tank_movements.approve_tank_movement(tank_movement=self.object, actor=self.user, at=self.now)


class TankMovementReturn(TankMovementPage, DocumentAct):
    act_name = "return"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        return tank_movements.return_tank_movement(
            tank_movement=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class TankMovementVoid(TankMovementPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        return tank_movements.void_tank_movement(
            tank_movement=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class TankMovementReverse(TankMovementPage, DocumentAct):
    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankMovement:
        return reverse_tank_movement(
            tank_movement=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )

    def success_message(self, outcome: TankMovement) -> Text:
        return _("%(number)s was reversed.") % {"number": outcome.number}
