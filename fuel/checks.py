"""What the fuel documents of a site must have come to before a period is closed."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.checklist import OpenItem, register_check
from fuel.models import (
    ConsignmentState,
    FuelConsignment,
    ReconciliationState,
    TankReconciliation,
)
from fuel.queries import undecided_over_deliveries
from ledger.queries import day_after
from registry.models import Site
from registry.wording import quantity_text

# States in which something has still to be done, and until which moment the document belongs to the period.
OPEN: dict[type[Any], tuple[str, tuple[str, ...]]] = {
    FuelConsignment: (
        "prepared_at",
        (ConsignmentState.ADVISED, ConsignmentState.ACCEPTED, ConsignmentState.GAUGED, ConsignmentState.HELD),
    ),
    TankReconciliation: (
        "ends_at",
        (ReconciliationState.DRAWN, ReconciliationState.BREACHED, ReconciliationState.EXPLAINED),
    ),
}


def open_fuel_documents(site: Site, through_date: date) -> list[OpenItem]:
    """Consignments that are not released yet, and reconciliations of tanks that are not approved."""
    until = day_after(day=through_date, site_id=site.pk)
    return [
        OpenItem(
            label=document.get_state_display(),
            document_number=document.number,
            url=document.get_absolute_url(),
            at=getattr(document, moment),
        )
        for model, (moment, states) in OPEN.items()
        for document in model._default_manager.filter(site=site, state__in=states, **{f"{moment}__lt": until}).order_by(
            "pk"
        )
    ]


def undecided_fuel_over_its_document(site: Site, through_date: date) -> list[OpenItem]:
    """Fuel in the tanks that nobody has declared: neither admitted nor taken out again."""
    until = day_after(day=through_date, site_id=site.pk)
    found = undecided_over_deliveries().filter(site=site, received_at__lt=until).order_by("pk")
    return [
        OpenItem(
            label=_("%(mass)s over the document")
            % {"mass": quantity_text(one.received_mass_kg - one.document_mass_kg, "kg")},
            document_number=one.number,
            url=one.get_absolute_url(),
            at=one.received_at,
        )
        for one in found
    ]


def register_checks() -> None:
    register_check(gettext_lazy("Fuel documents not finished"), open_fuel_documents)
    register_check(gettext_lazy("Fuel over its document, not admitted"), undecided_fuel_over_its_document)
