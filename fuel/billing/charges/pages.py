"""The page on which one line of a statement is taken back."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.billing.charges.operations import credit_and_rebill, credit_part
from fuel.forms.prices import CreditForm
from fuel.models import Charge
from registry.models import Role
from registry.navigation import STAFF
from registry.pages import ActPage, Link, Text
from registry.rules import has_role


class ChargeCredit(ActPage):
    """One line of a statement is taken back: whole, and charged again as its ticket stands now, or in part."""

    model = Charge
    form_class = CreditForm
    button = gettext_lazy("Credit")
    readers = STAFF

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "airline", "ticket", "manual", "defuel")

    def get_title(self) -> Text:
        return _("Credit %(ticket)s") % {"ticket": self.object.document.number}

    def may_act(self) -> bool:
        return has_role(self.user, self.object.site, Role.SUPERVISOR)

    def back(self) -> Link:
        return Link(_("Fuel statements"), reverse("fuel:fuel_statement_list"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> list[Charge]:
        given = {**form.figures(now=self.now), "charge": self.object, "actor": self.user, "at": self.now}
        right, is_rebilled = given.pop("right"), given.pop("is_rebilled")
        if right is not None:
            return [credit_part(**given, right=right)]
        return credit_and_rebill(**given, is_rebilled=is_rebilled)

    def success_message(self, outcome: list[Charge]) -> Text:
        return _("The credit waits for the next statement; issue the present one again to show it beside the charge.")

    def success_url(self, outcome: list[Charge]) -> str:
        return reverse("fuel:fuel_statement_list")
