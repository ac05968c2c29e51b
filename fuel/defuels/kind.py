"""Defuels: fuel that comes back from an aircraft, and what quality decides on it."""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Figures, Kind, Offer, Waits, each
from documents.offers import offer_void
from fuel.defuels import operations
from fuel.defuels.form import SlopForm
from fuel.defuels.pages import SlopPage
from fuel.defuels.resource import DefuelResource
from fuel.defuels.shapes import DefuelRowSerializer, DefuelSerializer, SlopRequest
from fuel.draw_table import DrawTable
from fuel.models import Defuel, DefuelState
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.pages import Text
from registry.wording import quantity_text


def figures(defuel: Defuel) -> Figures:
    """What came back."""
    return [{"label": _("Mass that came back"), "value": quantity_text(defuel.mass_kg), "unit": "kg"}]


def restored_lots(defuel: Any) -> list[tuple[Text, Any]]:
    """What of each lot came back."""
    return [(_("Lots restored, newest first"), DrawTable(defuel.draws.select_related("lot", "tank__place")))]


def about(defuel: Defuel) -> Iterator[str]:
    """What quality decides on."""
    yield _("Ticket %(ticket)s") % {"ticket": defuel.ticket.number}
    yield _("Tank %(tank)s") % {"tank": defuel.tank.code}
    yield quantity_text(defuel.mass_kg, "kg")


KIND = Kind(
    model=Defuel,
    path="defuels",
    title=gettext_lazy("Defuels"),
    section="fuel",
    place=265,
    icon="arrow-back-up",
    offers=(
        Offer(
            operation=operations.release_defuel,
            label=gettext_lazy("Release"),
            icon="rubber-stamp",
            tone="primary",
            question=gettext_lazy("The fuel that came back may be used again."),
            waits=(Waits(label=gettext_lazy("Defuels to decide"), icon="arrow-back-up", answers=("release", "slop")),),
        ),
        Offer(
            operation=operations.send_defuel_to_slops,
            label=gettext_lazy("Send to slops"),
            icon="ban",
            tone="outline-danger",
            question=gettext_lazy(
                "It is blocked in the slop tank and stays in the account book until it is destroyed. Say why."
            ),
            form=SlopForm,
            asked=SlopRequest,
            page=SlopPage,
        ),
        offer_void(
            operations.void_defuel,
            icon="eraser",
            question=gettext_lazy(
                "No fuel came back by it: what it posted is posted back; its number stays, marked void. Say why."
            ),
        ),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "ticket": CodeColumn(accessor="ticket__number", verbose_name=gettext_lazy("Ticket")),
        "tank": CodeColumn(accessor="tank__place__code", verbose_name=gettext_lazy("Tank")),
        "mass_kg": QuantityColumn(verbose_name=gettext_lazy("Mass (kg)")),
        "defuelled_at": LocalTimeColumn(verbose_name=gettext_lazy("Defuelled")),
    },
    empty_text=gettext_lazy("No defuel matches what you asked for."),
    searched=("number", "ticket__number", "ticket__flight_number", "tank__place__code"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=DefuelState.choices, label=gettext_lazy("State")),
        "ticket": CodeFilter("ticket__number", label=gettext_lazy("Number of the ticket")),
    },
    folded=("ticket",),
    related=("site", "prepared_by", "ticket", "tank__place"),
    detail_related=("site__zone", "ticket", "tank__place", "slop_tank__place", "prepared_by", "decided_by"),
    facts=(
        *("site", "ticket", "tank", "defuelled_at", "litres_observed", "celsius", "density_at_base", "vcf"),
        *("litres_at_base", "standard", "base", "mass_in", "prepared_by", "prepared_at", "decided_by", "decided_at"),
        *("slop_tank", "remark"),
    ),
    figures=figures,
    tables=restored_lots,
    about=each(about),
    unfinished=("defuelled_at", (DefuelState.HELD,)),
    answers=Answers(
        whole=DefuelSerializer,
        row=DefuelRowSerializer,
        doc="Fuel that came back from aircraft, held until quality decides on it.",
        related=("site", "prepared_by", "ticket", "tank__place"),
        lines=("draws__lot",),
        base=DefuelResource,
    ),
)
