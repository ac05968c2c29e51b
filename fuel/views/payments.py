"""Pages of payments: an airline reads its own, and who supervises records them."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.billing.statement_tables import PaymentTable
from fuel.filters import PaymentFilter
from fuel.forms.prices import PaymentForm
from fuel.models import FuelPayment
from fuel.operations.contracts import record_payment
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.pages import ActPage, Link, ListPage, Text


class PaymentList(ListPage):
    model = FuelPayment
    title = gettext_lazy("Payments")
    filterset_class = PaymentFilter
    table_class = PaymentTable
    readers = READERS_OF_TICKETS
    tiebreak = "-pk"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airline", "recorded_by").order_by("-received_date", "-pk")

    def links(self) -> list[Link]:
        if Role.SUPERVISOR not in self.roles:
            return []
        return [Link(_("Record a payment"), reverse("fuel:payment_add"), icon="plus", tone="primary")]


class PaymentAdd(ActPage):
    title = gettext_lazy("Record a payment")
    form_class = PaymentForm
    button = gettext_lazy("Save")
    readers = STAFF

    def may_act(self) -> bool:
        return Role.SUPERVISOR in self.roles

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def back(self) -> Link:
        return Link(_("Payments"), reverse("fuel:payment_list"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelPayment:
        return record_payment(**form.cleaned_data, actor=self.user, at=self.now)

    def success_message(self, outcome: FuelPayment) -> Text:
        return _("The payment was recorded.")

    def success_url(self, outcome: FuelPayment) -> str:
        return reverse("fuel:payment_list")
