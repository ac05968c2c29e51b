"""The choice of a tank."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fuel.models import Tank
from registry.models import Site, User
from registry.rules import POSTERS, sites_where


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
        words: list[Any] = [tank.get_customs_status_display() or tank.group.get_mode_display()]
        if tank.is_slop:
            words.append(_("slop tank"))
        return f"{tank.site.code} {tank.code} · {' · '.join(str(word) for word in words)}"
