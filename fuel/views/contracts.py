"""Pages of fuel contracts; an airline reads its own."""

import copy
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.billing.statement_tables import ContractTable
from fuel.filters import ContractFilter
from fuel.forms.prices import ContractEndForm, ContractForm
from fuel.models import FuelContract
from fuel.operations.contracts import end_contract, open_contract
from registry.facts import Fact, without_links
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.pages import ActPage, DetailPage, Link, ListPage, Text
from registry.rules import has_role
from registry.timeline import Entry

RELATED = ("site__zone", "airline__organisation", "airport", "index")


class ContractList(ListPage):
    model = FuelContract
    title = gettext_lazy("Fuel contracts")
    filterset_class = ContractFilter
    table_class = ContractTable
    readers = READERS_OF_TICKETS

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airline", "airport", "index")

    def links(self) -> list[Link]:
        if Role.SUPERVISOR not in self.roles:
            return []
        return [Link(_("New contract"), reverse("fuel:contract_add"), icon="plus", tone="primary")]


class ContractDetail(DetailPage):
    model = FuelContract
    readers = READERS_OF_TICKETS
    fact_names = (
        *("number", "site", "airline", "airport", "valid_from_date", "valid_to_date", "index", "averaging"),
        *("publication_lag_days", "differential", "differential_unit", "barrels_per_tonne"),
        *("into_plane_fee_per_tonne", "payment_days"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*RELATED)

    def back(self) -> Link:
        return Link(_("Fuel contracts"), reverse("fuel:contract_list"))

    def links(self) -> list[Link]:
        if not has_role(self.user, self.object.site, Role.SUPERVISOR):
            return []
        return [
            Link(_("Change"), reverse("fuel:contract_change", args=[self.object.pk]), icon="pencil"),
            Link(_("End"), reverse("fuel:contract_end", args=[self.object.pk]), icon="ban"),
        ]

    def facts(self) -> list[Fact]:
        return super().facts() if self.roles & STAFF else without_links(super().facts())

    def timeline(self) -> list[Entry]:
        # What happens in the zone is not the airline's to read.
        return super().timeline() if self.roles & STAFF else []


class ContractAct(ActPage):
    model = FuelContract
    readers = STAFF

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*RELATED)

    def may_act(self) -> bool:
        if self.object is None:
            return Role.SUPERVISOR in self.roles
        return has_role(self.user, self.object.site, Role.SUPERVISOR)

    def back(self) -> Link:
        if self.object is not None:
            return Link(self.object.number, self.object.get_absolute_url())
        return Link(_("Fuel contracts"), reverse("fuel:contract_list"))

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s was saved.") % {"number": outcome.number}


class ContractFormPage(ContractAct):
    form_class = ContractForm
    button = gettext_lazy("Save")

    def form_kwargs(self) -> dict[str, Any]:
        # A form writes into its row even when it is refused.
        instance = {"instance": copy.copy(self.object)} if self.object is not None else {}
        return {"user": self.user, **instance}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelContract:
        of_a_change = {name: form.cleaned_data[name] for name in ("reason", "seen_history_id") if name in form.fields}
        return open_contract(contract=form.save(commit=False), actor=self.user, at=self.now, **of_a_change)


class ContractAdd(ContractFormPage):
    title = gettext_lazy("New contract")


class ContractChange(ContractFormPage):
    def get_title(self) -> Text:
        return _("Change %(number)s") % {"number": self.object.number}


class ContractEnd(ContractAct):
    form_class = ContractEndForm
    button = gettext_lazy("End")

    def get_title(self) -> Text:
        return _("End %(number)s") % {"number": self.object.number}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelContract:
        return end_contract(contract=self.object, actor=self.user, at=self.now, **form.cleaned_data)
