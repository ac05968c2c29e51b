"""Sending fuel that came back to the slop tank that somebody names by its code."""

from typing import Any

from django.utils.translation import gettext as _

from documents.kind_pages import KindAct
from documents.operations.documents import NotAsRequired
from fuel.models import Defuel, Tank
from registry.errors import FieldError


class SlopPage(KindAct):
    def act(self, form: Any, rows: list[dict[str, Any]]) -> Defuel:
        code = form.cleaned_data["slop_tank"]
        form.cleaned_data["slop_tank"] = self._slop_tank(code) if code else None
        return super().act(form, rows)  # type: ignore[no-any-return]

    def _slop_tank(self, code: str) -> Tank:
        tanks: Any = Tank.objects.filter(place__site=self.object.site, place__code=code)
        found: Tank | None = tanks.select_related("place__site", "group", "product").first()
        if found is None:
            message = _("%(place)s is no tank in use at %(site)s.") % {"place": code, "site": self.object.site.code}
            raise NotAsRequired(message, errors=[FieldError(message, field="slop_tank", figure=code)])
        return found
