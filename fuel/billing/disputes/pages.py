"""Pages of disputes that say more than their kind declares: what was said, files, and how one is raised."""

from typing import Any
from urllib.parse import quote

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kind_pages import KindAct, KindDetail, KindList
from documents.kinds import kind_of
from fuel.billing.disputes.form import DisputeForm
from fuel.billing.disputes.operations import disputable_statement, raise_dispute
from fuel.models import UNDECIDED, Charge, Dispute, DisputeAttachment
from registry.facts import Fact, without_links
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.pages import ActPage, Link, ObjectPage, Text
from registry.rules import acts_for
from registry.timeline import Entry


class DisputeList(KindList):
    subtitle = gettext_lazy("Open a statement and dispute one of its lines.")

    def links(self) -> list[Link]:
        return [Link(_("Fuel statements"), reverse("fuel:fuel_statement_list"), icon="file-invoice")]


class DisputeDetail(KindDetail):
    """What is disputed, what was said, and what came of it."""

    @property
    def template_name(self) -> str:
        return "documents/document_print.html" if self.is_printed else "fuel/dispute_detail.html"

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

    def timeline(self) -> list[Entry]:
        return super().timeline() if self.roles & STAFF else []

    @cached_property
    def said(self) -> list[Any]:
        rows = self.object.messages.select_related("written_by")
        files = models.Prefetch("attachments", DisputeAttachment.objects.defer("content"))
        return list(rows.prefetch_related(files).order_by("pk"))

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(said=self.said, charge=self.object.charge, **more)


class DisputeAttachmentFile(ObjectPage):
    """A picture or PDF of a dispute, for whoever may see the dispute."""

    model = Dispute
    readers = READERS_OF_TICKETS

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
        statement = disputable_statement(self.object)
        if statement is None:
            return Link(_("Fuel statements"), reverse("fuel:fuel_statement_list"))
        return Link(statement.number, statement.get_absolute_url())

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Dispute:
        return raise_dispute(
            charge=self.object, actor=self.user, at=self.now, request_key=self.request_key, **form.cleaned_data
        )

    def success_message(self, outcome: Dispute) -> Text:
        return _("%(number)s was sent; the supplier answers it here.") % {"number": outcome.number}


class DisputeMessagePage(KindAct):
    """A message to the other side, with attachments."""

    is_question = False
