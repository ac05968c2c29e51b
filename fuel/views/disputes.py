"""Pages of disputes: an airline objects to a line of its statement, and both sides go on from there."""

from typing import Any
from urllib.parse import quote

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import kind_of
from fuel.filters import DisputeFilter
from fuel.forms.disputes import DisputeForm, MessageForm
from fuel.models import UNDECIDED, Charge, Dispute, DisputeAttachment
from fuel.operations import disputes
from fuel.statement_tables import DisputeTable
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentList, FuelDocuments
from registry.facts import Fact, without_links
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.pages import ActPage, Link, ObjectPage, Text
from registry.rules import acts_for
from registry.timeline import Entry
from registry.wording import money_text, quantity_text


class DisputePage:
    model = Dispute
    kind_url = "dispute"
    list_label = gettext_lazy("Disputes")
    readers = READERS_OF_TICKETS


class DisputeList(DisputePage, DocumentList):
    title = gettext_lazy("Disputes")
    subtitle = gettext_lazy("Open a statement and dispute one of its lines.")
    filterset_class = DisputeFilter
    table_class = DisputeTable

    def queryset(self) -> models.QuerySet[Any]:
        related = ("site", "airline", "statement", "charge__ticket", "charge__manual", "prepared_by")
        return super().queryset().select_related(*related)

    def links(self) -> list[Link]:
        return [Link(_("Fuel statements"), reverse("fuel:statement_list"), icon="file-invoice")]


class DisputeDetail(DisputePage, DocumentDetail):
    """What is disputed, what was said, and what came of it."""

    fact_names = (
        *("airline", "site", "statement", "ground", "claimed_amount", "prepared_by", "prepared_at"),
        *("decided_by", "decided_at"),
    )

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "documents/document_print.html" if self.is_printed else "fuel/dispute_detail.html"

    def queryset(self) -> models.QuerySet[Any]:
        related = ("site__zone", "airline__organisation", "statement", "prepared_by", "decided_by")
        of_charge = ("charge__ticket__site", "charge__ticket__replaced_by", "charge__airport", "charge__destination")
        of_charge += ("charge__manual",)
        return super().queryset().select_related(*related, *of_charge)

    def facts(self) -> list[Fact]:
        corrected = getattr(self.object.charge.ticket, "replaced_by", None)
        if self.roles & STAFF:
            told = [] if corrected is None else [Fact(_("Replaced by"), corrected, corrected.get_absolute_url())]
            return [*super().facts(), *told]
        # Of its links, an airline may open the statement.
        statement = Fact(_("Statement"), self.object.statement, self.object.statement.get_absolute_url())
        plain = without_links(super().facts())
        return [statement if fact.value == self.object.statement else fact for fact in plain]

    def links(self) -> list[Link]:
        ticket = self.object.charge.ticket
        is_open = self.object.state in UNDECIDED and ticket is not None
        if self.is_printed or not is_open or not kind_of(ticket).may_act(self.user, ticket, "replace"):
            return super().links()
        url = reverse("fuel:delivery_ticket_replace", args=[ticket.pk])
        return [Link(_("Replace the ticket by a corrected one"), url, icon="arrows-exchange"), *super().links()]

    def figures(self) -> list[dict[str, Any]]:
        charge = self.object.charge
        return [
            {"label": _("Amount charged"), "value": money_text(charge.total_amount), "unit": charge.currency},
            {"label": _("Observed volume"), "value": quantity_text(charge.litres_observed), "unit": "L"},
            {"label": _("Mass"), "value": quantity_text(charge.mass_kg), "unit": "kg"},
            {"label": _("Price per tonne"), "value": money_text(charge.unit_price), "unit": charge.currency},
        ]

    def timeline(self) -> list[Entry]:
        return super().timeline() if self.roles & STAFF else []

    @cached_property
    def said(self) -> list[Any]:
        rows = self.object.messages.select_related("written_by")
        files = models.Prefetch("attachments", DisputeAttachment.objects.defer("content"))
        return list(rows.prefetch_related(files).order_by("pk"))

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(said=self.said, charge=self.object.charge, **more)


class DisputeAttachmentFile(DisputePage, ObjectPage):
    """A picture or PDF of a dispute, for whoever may see the dispute."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = DisputeAttachment.objects.filter(message__dispute=self.object)
        found = get_object_or_404(known, pk=self.kwargs["attachment"])
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        }
        return HttpResponse(bytes(found.content), content_type=found.content_type, headers=headers)


class DisputeRaise(ActPage):
    """Somebody of the airline objects to a line of its statement."""

    model = Charge
    readers = READERS_OF_TICKETS
    form_class = DisputeForm
    button = gettext_lazy("Dispute")
    template_name = "fuel/dispute_form.html"

    def queryset(self) -> models.QuerySet[Any]:
        related = ("airline__organisation", "ticket", "manual", "site", "airport", "destination")
        return super().queryset().select_related(*related)

    def get_title(self) -> Text:
        if self.object.ticket is None:
            return _("Dispute %(number)s") % {"number": self.object.told_number}
        return _("Dispute ticket %(number)s") % {"number": self.object.told_number}

    def may_act(self) -> bool:
        return acts_for(self.user, self.object.airline.organisation_id, Role.AIRLINE)

    def back(self) -> Link:
        statement = disputes.disputable_statement(self.object)
        if statement is None:
            return Link(_("Fuel statements"), reverse("fuel:statement_list"))
        return Link(statement.number, statement.get_absolute_url())

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Dispute:
        return disputes.raise_dispute(
            charge=self.object, actor=self.user, at=self.now, request_key=self.request_key, **form.cleaned_data
        )

    def success_message(self, outcome: Dispute) -> Text:
        return _("%(number)s was sent; the supplier answers it here.") % {"number": outcome.number}


class DisputeMessagePage(DisputePage, FuelDocuments, ActPage):
    """A message to the other side, with attachments."""

    form_class = MessageForm
    act_name = ""
    operation: Any = None

    @property
    def button(self) -> Text:  # type: ignore[override]
        return self.offers.step_of(self.kind_url, self.act_name).label

    def get_title(self) -> Text:
        return f"{self.button}: {self.object.number}"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "airline")

    def may_act(self) -> bool:
        return self.rules.may_act(self.user, self.object, self.act_name)

    def back(self) -> Link:
        return Link(self.object.number, self.object.get_absolute_url())


class DisputeAnswer(DisputeMessagePage):
    act_name = "answer"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Dispute:
        return disputes.answer_dispute(dispute=self.object, actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: Dispute) -> Text:
        return _("%(number)s was answered.") % {"number": outcome.number}


class DisputeReply(DisputeMessagePage):
    act_name = "reply"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Dispute:
        return disputes.reply_to_dispute(dispute=self.object, actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: Dispute) -> Text:
        return _("Your reply to %(number)s was sent.") % {"number": outcome.number}


class DisputeAct(DisputePage, DocumentAct):
    """What ends a dispute."""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airline")


class DisputeCredit(DisputeAct):
    act_name = "credit"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Dispute:
        given = form.cleaned_data
        return disputes.credit_dispute(
            dispute=self.object,
            right=form.right,
            reason=given["reason"],
            is_rebilled=given["is_rebilled"],
            actor=self.user,
            at=self.now,
        )

    def success_message(self, outcome: Dispute) -> Text:
        words = {"number": outcome.number, "statement": outcome.statement.number}
        return _("%(number)s is credited. Issue %(statement)s again, or let it go on the next statement.") % words


class DisputeRefuse(DisputeAct):
    act_name = "refuse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Dispute:
        return disputes.refuse_dispute(
            dispute=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class DisputeWithdraw(DisputeAct):
    act_name = "withdraw"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Dispute:
        return disputes.withdraw_dispute(
            dispute=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )
