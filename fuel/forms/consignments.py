"""What is filled in to move fuel in tanks, or to send it to slops; and the choice of a tank."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import (
    DocumentForm,
    ReasonForm,
    moment_field,
)
from documents.operations.documents import POSTERS
from fuel.models import Tank, TankMovementKind
from fuel.models.tickets import DUTY_STATUSES
from registry.forms import UppercaseField
from registry.models import Site, User
from registry.rules import sites_where


class TankField(forms.ModelChoiceField):
    """A tank at one of the sites where the user posts; slop tanks only where they are meant."""

    def __init__(self, *, with_slops: bool = False, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Tank"), **kwargs})
        self.with_slops = with_slops

    def offer_to(self, user: User, site: Site | None) -> None:
        sites = [site] if site is not None else sites_where(user, *POSTERS)
        tanks = Tank.objects.filter(place__site__in=sites, place__is_open=True)
        if not self.with_slops:
            tanks = tanks.filter(is_slop=False)
        self.queryset = tanks.select_related("place__site__zone", "group", "product__unit").order_by(
            "place__site__code", "place__code"
        )

    def label_from_instance(self, tank: Tank) -> str:
        words = [tank.get_customs_status_display() or tank.group.get_mode_display()]
        if tank.is_slop:
            words.append(_("slop tank"))
        return f"{tank.site.code} {tank.code} · {' · '.join(str(word) for word in words)}"


class SlopForm(ReasonForm):
    """Why fuel that came back goes to slops, and to which slop tank."""

    slop_tank = UppercaseField(
        label=_("Slop tank"),
        max_length=40,
        required=False,
        help_text=_("Its code. Empty means the only one at the site that takes such slops."),
    )
    field_order = ("slop_tank", "reason")


class TankMovementForm(DocumentForm):
    movement = forms.ChoiceField(label=_("Movement"), choices=TankMovementKind.choices)
    from_tank = TankField(label=_("From tank"), with_slops=True)
    to_tank = TankField(
        label=_("To tank"),
        with_slops=True,
        required=False,
        help_text=_("Of a transfer; for a drain, the slop tank."),
    )
    customs_status = forms.ChoiceField(label=_("Duty status"), choices=DUTY_STATUSES)
    mass_kg = forms.DecimalField(label=_("Mass (kg)"))
    moved_at = moment_field(_("Moved"))
    certificate_number = forms.CharField(
        label=_("Customs certificate of destruction"),
        max_length=60,
        required=False,
        help_text=_("For the destruction of bonded slops only."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)
