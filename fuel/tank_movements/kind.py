"""Tank movements: transfers, samples, drains to slops and their destruction."""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Entry, Figures, Kind, Offer, Waits, each
from documents.offers import offer_change, offer_return, offer_reversal, offer_take_back, offer_void
from fuel.draw_table import DrawTable
from fuel.models import TankMovement, TankMovementKind, TankMovementState
from fuel.tank_movements import operations
from fuel.tank_movements.form import TankMovementForm
from fuel.tank_movements.shapes import TankMovementRequest, TankMovementRowSerializer, TankMovementSerializer
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter, yes_or_no
from registry.pages import Text
from registry.wording import quantity_text

POSTED = (TankMovementState.POSTED, TankMovementState.REVERSED)
TANKS = ("from_tank__place", "to_tank__place")


def figures(movement: TankMovement) -> Figures:
    """What moves."""
    label = _("Mass moved") if movement.state in POSTED else _("Mass to be moved")
    return [{"label": label, "value": quantity_text(movement.mass_kg), "unit": "kg"}]


def moved_lots(movement: Any) -> list[tuple[Text, Any]]:
    """The lots, once it is posted."""
    if movement.state not in POSTED:
        return []
    return [(_("Lots moved, oldest first"), DrawTable(movement.draws.select_related("lot", "tank__place")))]


def about(movement: TankMovement) -> Iterator[str]:
    """What is to be approved."""
    yield str(movement.get_movement_display())
    yield _("Tank %(tank)s") % {"tank": movement.from_tank.code}
    yield str(movement.get_customs_status_display())
    yield quantity_text(movement.mass_kg, "kg")
    if movement.certificate_number:
        yield _("Certificate %(number)s") % {"number": movement.certificate_number}


def sent(movement: TankMovement) -> Text:
    """What is said when it was posted or asked for."""
    words = {"number": movement.number}
    if movement.state == TankMovementState.ASKED:
        return _("%(number)s waits until somebody else approves it; nothing is posted yet.") % words
    return _("%(number)s was posted.") % words


KIND = Kind(
    model=TankMovement,
    path="tank-movements",
    title=gettext_lazy("Tank movements"),
    section="fuel",
    place=255,
    icon="arrows-transfer-down",
    entry=Entry(
        operation=operations.move_fuel,
        title=gettext_lazy("New tank movement"),
        subtitle=gettext_lazy(
            "Released fuel is taken from the oldest consignment first. Above the site's limits for drains and samples,"
            " and for every destruction, somebody else has to approve it before it is posted."
        ),
        form=TankMovementForm,
        button=gettext_lazy("Send"),
        button_again=gettext_lazy("Send again"),
        details=operations.MovementDetails,
        asked=TankMovementRequest,
        told=sent,
    ),
    offers=(
        Offer(
            operation=operations.approve_tank_movement,
            label=gettext_lazy("Approve"),
            icon="check",
            tone="primary",
            question=gettext_lazy("It is posted at the time when it moved, the oldest consignment first."),
            waits=(
                Waits(
                    label=gettext_lazy("Drains, samples and destructions to approve"),
                    icon="arrows-transfer-down",
                    answers=("approve", "return"),
                ),
            ),
        ),
        offer_return(operations.return_tank_movement),
        offer_change(
            operations.amend_tank_movement,
            waits=(Waits(label=gettext_lazy("Tank movements to correct"), icon="arrow-back-up"),),
        ),
        offer_take_back(operations.take_back_tank_movement),
        offer_void(operations.void_tank_movement),
        offer_reversal(operations.reverse_tank_movement),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "movement": tables.Column(verbose_name=gettext_lazy("Movement")),
        "from_tank": CodeColumn(accessor="from_tank__place__code", verbose_name=gettext_lazy("From tank")),
        "to_tank": CodeColumn(accessor="to_tank__place__code", verbose_name=gettext_lazy("To tank")),
        "customs_status": tables.Column(verbose_name=gettext_lazy("Duty status")),
        "mass_kg": QuantityColumn(verbose_name=gettext_lazy("Mass (kg)")),
        "moved_at": LocalTimeColumn(verbose_name=gettext_lazy("Moved")),
    },
    empty_text=gettext_lazy("No tank movement matches what you asked for."),
    searched=("number", "from_tank__place__code", "to_tank__place__code", "remark"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=TankMovementState.choices, label=gettext_lazy("State")),
        "movement": filters.ChoiceFilter(choices=TankMovementKind.choices, label=gettext_lazy("Movement")),
        "from_tank": CodeFilter("from_tank__place__code", label=gettext_lazy("Code of the tank that the fuel left")),
        "to_tank": CodeFilter("to_tank__place__code", label=gettext_lazy("Code of the tank that the fuel came to")),
        "is_reversed": yes_or_no(gettext_lazy("Reversed")),
    },
    folded=("from_tank", "to_tank", "is_reversed"),
    related=("site", "prepared_by", *TANKS),
    detail_related=("site__zone", "prepared_by", "decided_by", *TANKS),
    facts=(
        *("site", "movement", "from_tank", "to_tank", "customs_status", "certificate_number", "moved_at"),
        *("prepared_by", "prepared_at", "decided_by", "decided_at", "remark"),
    ),
    figures=figures,
    tables=moved_lots,
    about=each(about),
    unfinished=("moved_at", (TankMovementState.DRAFT, TankMovementState.ASKED, TankMovementState.RETURNED)),
    answers=Answers(
        whole=TankMovementSerializer,
        row=TankMovementRowSerializer,
        doc="""Transfers between tanks, samples, drains to slops and their destruction.

        Posted as soon as they are entered; above the site's limits, and every destruction, when somebody else approves.
        """,
        related=("site", "prepared_by", "decided_by", *TANKS),
        lines=("draws__lot",),
    ),
)
