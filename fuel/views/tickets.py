"""Pages of delivery tickets: on the tablet at the aircraft, from a file, matched, and what is decided on them later."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents import pages as document_pages
from documents.form_fields import figures
from documents.kinds import kind_of
from documents.lists import table_of
from fuel.defuels.form import DefuelForm
from fuel.defuels.operations import record_defuel
from fuel.draw_table import DrawTable
from fuel.filters import TicketFilter
from fuel.forms.tickets import MatchAllForm, TicketForm, TicketReplaceForm, TicketSignForm
from fuel.importers import TICKET_COLUMNS, TICKET_OPTIONAL_COLUMNS, read_tickets
from fuel.measurement import us_gallons
from fuel.models import AttachmentKind, Defuel, DeliveryTicket
from fuel.operations import tickets
from fuel.operations.matching import match_ticket, match_tickets
from fuel.operations.plausibility import ExceptionsUnexplained
from fuel.operations.reclassification import reclassify_ticket
from fuel.operations.replacements import replace_ticket
from fuel.operations.ticket_entry import WRITTEN, TicketDetails
from fuel.operations.tickets import Picture, TakenIn
from fuel.ticket_tables import ExceptionTable, TicketTable
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentFormPage, DocumentList, FuelDocuments
from fuel.views.imports import ColumnFilePage
from registry.facts import Fact, facts_of, without_links
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.pages import Link, ObjectPage, Text
from registry.timeline import Entry
from registry.uploads import Sheet
from registry.wording import money_text, quantity_text

DETAIL_FIELDS = WRITTEN
FIGURES = (
    *("meter_start", "meter_end", "litres_observed", "celsius", "density_at_base"),
    "requested_litres",
)
# The one page that goes with the aircraft's papers.
RECEIPT: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Flight"),
        (
            *("airline", "flight_number", "flight_date", "registration", "aircraft_type", "airport", "destination"),
            *("stand", "started_at", "delivered_at"),
        ),
    ),
    (gettext_lazy("Delivery"), ("vendor", "ticket_number", "number", "customs_status", "requested_litres", "remark")),
    (
        gettext_lazy("Measurement"),
        (
            *("meter", "meter_start", "meter_end", "meter_factor", "celsius", "density_at_base", "vcf"),
            *("standard", "base", "mass_in"),
        ),
    ),
)
METER_READINGS = frozenset({"meter_start", "meter_end"})
RELATED = ("site__zone", "vendor", "airline__organisation", "airport", "destination", "tank__place", "meter")


class TicketPage:
    model = DeliveryTicket
    kind_url = "ticket"
    list_label = gettext_lazy("Delivery tickets")


class TicketList(TicketPage, DocumentList):
    title = gettext_lazy("Delivery tickets")
    add_label = gettext_lazy("New ticket")
    filterset_class = TicketFilter
    table_class = TicketTable
    readers = READERS_OF_TICKETS

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "airline", "destination", "tank__place", "prepared_by")

    def links(self) -> list[Link]:
        links = super().links()
        if links:
            links.append(Link(_("From a file"), self.url("import"), icon="file-upload"))
        if self.roles & {Role.SUPERVISOR, Role.CUSTOMS_OFFICER}:
            links.append(Link(_("Match what fits"), self.url("match_all"), icon="checks"))
        return links


class TicketDetail(TicketPage, DocumentDetail):
    """For the airline the ticket as it was signed; for the zone's people its lots, its ledger and its history too."""

    readers = READERS_OF_TICKETS
    fact_names = (
        "vendor",
        "ticket_number",
        "airline",
        "flight_number",
        "flight_date",
        "flight_type",
        "registration",
        "aircraft_type",
        "airport",
        "destination",
        "stand",
        "customs_status",
        "relief_rule",
        "meter",
        "meter_start",
        "meter_end",
        "meter_factor",
        "requested_litres",
        "celsius",
        "density_at_base",
        "vcf",
        "standard",
        "base",
        "mass_in",
        "started_at",
        "delivered_at",
        "signatory",
        "remark",
    )
    # What happens in the zone is not the airline's to read.
    internal_names = ("site", "tank", "signed_by", "signed_at", "matched_by", "matched_at", "match_note", "prepared_by")

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "fuel/ticket_print.html" if self.is_printed else "fuel/ticket_detail.html"

    def get_title(self) -> Text:
        if self.is_printed and self.object.signed_at is not None:
            return _("Delivery receipt %(number)s") % {"number": self.object.ticket_number}
        return super().get_title()

    def queryset(self) -> models.QuerySet[Any]:
        people = ("signed_by", "matched_by", "prepared_by", "relief_rule__airport", "reclassification")
        people += ("replaces", "replaced_by")
        return super().queryset().select_related(*RELATED, *people)

    @property
    def is_of_the_zone(self) -> bool:
        return bool(self.roles & STAFF)

    def facts(self) -> list[Fact]:
        if self.is_of_the_zone:
            self.fact_names = (*TicketDetail.fact_names, *self.internal_names)
            cleared = getattr(self.object, "reclassification", None)
            paid_on = facts_of(cleared, "declaration_number") if cleared and cleared.declaration_number else []
            return [*super().facts(), *paid_on, *self.linked()]
        return without_links([*super().facts(), *self.linked()])

    def linked(self) -> list[Fact]:
        """The ticket that this one replaces, and the one that replaced it; another airline's only the zone reads."""
        one = self.object
        both = ((_("Replaces"), one.replaces), (_("Replaced by"), getattr(one, "replaced_by", None)))
        told = [
            Fact(label, other.number, other.get_absolute_url())
            for label, other in both
            if other is not None and (self.is_of_the_zone or other.airline_id == one.airline_id)
        ]
        evidence = facts_of(one, "evidence") if told and one.evidence else []
        return [*told, *evidence]

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        if one.mass_kg is None:
            return []
        shown = [
            {"label": _("Observed volume"), "value": quantity_text(one.litres_observed), "unit": "L"},
            {"label": _("Volume at base temperature"), "value": quantity_text(one.litres_at_base), "unit": "L"},
            {"label": _("Mass"), "value": quantity_text(one.mass_kg), "unit": "kg"},
        ]
        if self.is_printed:
            gallons = {
                "observed": us_gallons(litres=one.litres_observed),
                "base": us_gallons(litres=one.litres_at_base),
            }
            shown += [
                {"label": _("Observed volume"), "value": quantity_text(gallons["observed"]), "unit": "USG"},
                {"label": _("Volume at base temperature"), "value": quantity_text(gallons["base"]), "unit": "USG"},
            ]
        cleared = getattr(one, "reclassification", None)
        if cleared is not None:
            shown += [
                {"label": _("Cleared for the domestic market"), "value": quantity_text(cleared.mass_kg), "unit": "kg"},
                {"label": _("Duty and tax payable"), "value": money_text(cleared.tax_cny), "unit": "CNY"},
            ]
        return shown

    def tables(self) -> list[Any]:
        if self.is_printed or not self.is_of_the_zone:
            return []
        one = self.object
        shown: list[Any] = []
        if noted := list(one.exceptions.filter(ended_at__isnull=True).select_related("explained_by")):
            shown.append((_("Does not fit"), ExceptionTable(noted)))
        if one.signed_at is not None:
            draws = one.draws.select_related("lot", "tank__place")
            shown.append((_("Lots drawn, oldest first"), DrawTable(draws)))
        taken_back = one.defuels.select_related("site", "ticket", "tank__place", "prepared_by")
        if taken_back:
            shown.append((_("Defuels"), table_of(kind_of(Defuel))(taken_back)))
        return shown

    def timeline(self) -> list[Entry]:
        return super().timeline() if self.is_of_the_zone else []

    def context(self, **more: Any) -> dict[str, Any]:
        pictures = list(self.object.attachments.defer("content"))
        signatures = [one for one in pictures if one.kind == AttachmentKind.SIGNATURE]
        on_paper = {"groups": self.groups(), "signature": signatures[-1] if signatures else None}
        return super().context(pictures=pictures, is_of_the_zone=self.is_of_the_zone, **on_paper, **more)

    def groups(self) -> list[tuple[Text, list[Fact]]]:
        """What a delivery receipt tells, from the flight to the meter."""
        named = [(title, [self._told(name) for name in names]) for title, names in RECEIPT]
        return [(title, [fact for fact in facts if fact.value]) for title, facts in named]

    def _told(self, name: str) -> Fact:
        (fact,) = without_links(facts_of(self.object, name))
        return replace(fact, value=quantity_text(getattr(self.object, name), "L")) if name in METER_READINGS else fact


class TicketPicture(TicketPage, ObjectPage):
    """A signature or photo of a ticket, for whoever may see the ticket."""

    readers = READERS_OF_TICKETS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        picture = get_object_or_404(self.object.attachments, pk=self.kwargs["picture"])
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
        return HttpResponse(bytes(picture.content), content_type=picture.content_type, headers=headers)


class TicketFormPage(TicketPage, FuelDocuments, document_pages.DraftPage):
    """The tablet form: saved as a draft, or signed at once."""

    template_name = "fuel/ticket_form.html"
    form_class = TicketForm
    button = gettext_lazy("Sign")

    def submit(self, document: DeliveryTicket) -> DeliveryTicket:
        # Its pictures were kept with it when it was saved.
        return tickets.sign_ticket(ticket=document, actor=self.user, at=self.now)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        self.pictures = _pictures(form)
        with asking_back(form):
            return super().act(form, rows)

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number}
        if self.is_submitting:
            return _("%(number)s is signed; its fuel has left the tank.") % words
        return _("%(number)s was saved. Have it signed when it is complete.") % words

    def details(self, form: Any) -> TicketDetails:
        return _details(form, self.now)


class TicketAdd(TicketFormPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("New ticket")

    def save(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        return tickets.record_ticket(
            site=form.cleaned_data["site"],
            details=self.details(form),
            pictures=self.pictures,
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )


class TicketChange(TicketFormPage, document_pages.ChangePage):
    def initial(self) -> dict[str, Any]:
        return _begins(self.object)

    def save(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        return tickets.amend_ticket(
            ticket=self.object, details=self.details(form), pictures=self.pictures, actor=self.user, at=self.now
        )

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(pictures=self.object.attachments.defer("content"), **more)


class TicketReplace(TicketPage, DocumentFormPage):
    """The form of a ticket that begins with the wrong one's figures; saved, a corrected ticket stands in its place."""

    template_name = "fuel/ticket_form.html"
    form_class = TicketReplaceForm
    button = gettext_lazy("Replace")
    subtitle = gettext_lazy(
        "The wrong ticket becomes void and keeps its signature and photos; what was charged for it is credited. The"
        " corrected one is posted and charged instead, once somebody else has matched it."
    )

    def get_title(self) -> Text:
        return _("Replace %(number)s by a corrected ticket") % {"number": self.object.number}

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*RELATED)

    def may_act(self) -> bool:
        return self.rules.may_act(self.user, self.object, "replace")

    def initial(self) -> dict[str, Any]:
        return _begins(self.object)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        with asking_back(form):
            return replace_ticket(
                ticket=self.object,
                details=_details(form, self.object.delivered_at),
                reason=form.cleaned_data["reason"],
                evidence=form.cleaned_data["evidence"],
                pictures=_pictures(form),
                actor=self.user,
                at=self.now,
                request_key=self.request_key,
            )

    def success_message(self, outcome: DeliveryTicket) -> Text:
        words = {"wrong": self.object.number, "number": outcome.number}
        return _("%(wrong)s is void; %(number)s stands in its place. Somebody else has to match it.") % words


class TicketSign(TicketPage, DocumentFormPage):
    template_name = "fuel/ticket_sign.html"
    form_class = TicketSignForm
    button = gettext_lazy("Sign")

    def get_title(self) -> Text:
        return _("Sign %(number)s") % {"number": self.object.number}

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*RELATED)

    def may_act(self) -> bool:
        return self.rules.may_act(self.user, self.object, "sign")

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def initial(self) -> dict[str, Any]:
        return {"signatory": self.object.signatory}

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(pictures=self.object.attachments.defer("content"), **more)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        with asking_back(form):
            return tickets.sign_ticket(
                ticket=self.object,
                signatory=form.cleaned_data["signatory"],
                pictures=_pictures(form),
                explanations=form.explanations,
                actor=self.user,
                at=self.now,
            )

    def success_message(self, outcome: DeliveryTicket) -> Text:
        return _("%(number)s is signed; its fuel has left the tank.") % {"number": outcome.number}


class TicketMatch(TicketPage, DocumentAct):
    act_name = "match"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        return match_ticket(ticket=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now)


class TicketVoid(TicketPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        return tickets.void_ticket(ticket=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now)


class TicketReclassify(TicketPage, DocumentAct):
    act_name = "reclassify"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        return reclassify_ticket(ticket=self.object, actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: DeliveryTicket) -> Text:
        words = {"number": outcome.number, "tax": money_text(outcome.reclassification.tax_cny, "CNY")}
        return _("The fuel of %(number)s was cleared for the domestic market; %(tax)s are payable.") % words


class TicketDefuel(TicketPage, DocumentFormPage):
    template_name = "registry/act_page.html"
    form_class = DefuelForm
    button = gettext_lazy("Take back")
    subtitle = gettext_lazy(
        "What the ticket drew last comes back first. It is held in the tank until quality decides on it."
    )

    def get_title(self) -> Text:
        return _("Defuel of %(number)s") % {"number": self.object.number}

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*RELATED)

    def may_act(self) -> bool:
        return self.rules.may_act(self.user, self.object, "defuel")

    def initial(self) -> dict[str, Any]:
        return {"tank": self.object.tank_id}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Defuel:
        given = {**form.cleaned_data, "defuelled_at": form.cleaned_data["defuelled_at"] or self.now}
        return record_defuel(ticket=self.object, actor=self.user, at=self.now, request_key=self.request_key, **given)

    def success_message(self, outcome: Defuel) -> Text:
        return _("%(number)s was recorded; its fuel is held until quality decides on it.") % {"number": outcome.number}


class TicketImport(TicketPage, ColumnFilePage, DocumentFormPage):
    """A file of signed tickets: all are taken in, or none, and every cell at fault is named."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("Tickets from a file")
    subtitle = gettext_lazy(
        "All tickets of the file are taken in, or none. Tickets that came before with the same figures are left as they"
        " are, so a file may be sent again."
    )
    columns_note = gettext_lazy(
        "The first row names the columns, in any order; text is separated by comma, semicolon or tab. Times without an"
        " offset are by the clock of the site. The column “explanation” says why a delivery is unusual."
    )
    columns, optional_columns = TICKET_COLUMNS, TICKET_OPTIONAL_COLUMNS

    def take_in(self, site: Any, sheet: Sheet) -> TakenIn:
        details = read_tickets(sheet, site=site)
        try:
            return tickets.take_in_tickets(site=site, details=details, actor=self.user, at=self.now)
        except ExceptionsUnexplained as asked:
            # The column of a file in which a row explains itself.
            raise asked.told_under("explanation") from asked

    def success_message(self, outcome: TakenIn) -> Text:
        words = {"new": len(outcome.new), "known": len(outcome.known)}
        return _("%(new)s tickets were taken in; %(known)s had come before.") % words

    def success_url(self, outcome: TakenIn) -> str:
        return self.url("list")


class TicketMatchAll(TicketPage, DocumentFormPage):
    """Every signed ticket in which nothing is exceptional is matched at once."""

    template_name = "registry/act_page.html"

    model = None  # type: ignore[assignment]
    title = gettext_lazy("Match what fits")
    subtitle = gettext_lazy("Tickets that do not fit stay signed; they are matched one by one with an explanation.")
    form_class = MatchAllForm
    button = gettext_lazy("Match")
    readers = frozenset({Role.SUPERVISOR, Role.CUSTOMS_OFFICER})

    def may_act(self) -> bool:
        return True

    def act(self, form: Any, rows: list[dict[str, Any]]) -> list[DeliveryTicket]:
        return match_tickets(actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: list[DeliveryTicket]) -> Text:
        number = len(outcome)
        return ngettext("%(number)s ticket was matched.", "%(number)s tickets were matched.", number) % {
            "number": number
        }

    def success_url(self, outcome: list[DeliveryTicket]) -> str:
        return f"{reverse('fuel:ticket_list')}?state=signed"


@contextmanager
def asking_back(form: Any) -> Iterator[None]:
    """Let the form ask why, beside what was written, instead of refusing it."""
    try:
        yield
    except ExceptionsUnexplained as asked:
        raise form.asked_back(asked) from asked


def _begins(ticket: DeliveryTicket) -> dict[str, Any]:
    """What a form shows first of a ticket that is said anew."""
    plain = {name: getattr(ticket, name) for name in DETAIL_FIELDS if name not in FIGURES}
    begins = {**plain, **figures(ticket, *FIGURES)}
    # Metered litres come from the readings again.
    return {**begins, "litres_observed": None} if ticket.meter_factor is not None else begins


def _details(form: Any, moment: datetime) -> TicketDetails:
    """What a form says, with the moment of delivery where it names none."""
    given = {name: form.cleaned_data[name] for name in DETAIL_FIELDS if name in form.cleaned_data}
    delivered_at = given["delivered_at"] or moment
    return TicketDetails(**{**given, "delivered_at": delivered_at, "explanations": form.explanations})


def _pictures(form: Any) -> list[Picture]:
    given = (
        (AttachmentKind.SIGNATURE, form.cleaned_data.get("signature")),
        (AttachmentKind.PHOTO, form.cleaned_data.get("photo")),
    )
    return [Picture(kind=kind, content=content) for kind, content in given if content]
