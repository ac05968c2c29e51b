"""Pages of delivery tickets: on the tablet at the aircraft, from a file, matched, and what is decided on them later."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.kind_pages import DraftPage, KindAct, KindAdd, KindChange, KindDetail, KindList, PageOfKind
from documents.kinds import kind_of
from documents.lists import table_of
from fuel.defuels.form import DefuelForm
from fuel.delivery_tickets.form import MatchAllForm, TicketForm, TicketReplaceForm, TicketSignForm
from fuel.delivery_tickets.operations.matching import match_tickets
from fuel.delivery_tickets.operations.replacements import replace_ticket
from fuel.delivery_tickets.operations.taking_in import TakenIn, take_in_tickets
from fuel.delivery_tickets.operations.tickets import sign_ticket
from fuel.draw_table import DrawTable
from fuel.importers import TICKET_COLUMNS, TICKET_OPTIONAL_COLUMNS, read_tickets
from fuel.measurement import us_gallons
from fuel.models import AttachmentKind, Defuel, DeliveryTicket
from fuel.operations.plausibility import ExceptionsUnexplained
from fuel.ticket_tables import ExceptionTable
from fuel.views.imports import ColumnFilePage
from registry.facts import Fact, facts_of, without_links
from registry.models import Role
from registry.navigation import STAFF
from registry.pages import Link, ObjectPage, Text
from registry.timeline import Entry
from registry.uploads import Sheet
from registry.wording import money_text, quantity_text

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


class TicketList(KindList):
    def links(self) -> list[Link]:
        links = super().links()
        if links:
            links.append(Link(_("From a file"), self.url("import"), icon="file-upload"))
        if self.roles & {Role.SUPERVISOR, Role.CUSTOMS_OFFICER}:
            links.append(Link(_("Match all without exceptions"), self.url("match_all"), icon="checks"))
        return links


class TicketDetail(KindDetail):
    """For the airline the ticket as it was signed; for the zone's people its lots, its ledger and its history too."""

    # What happens in the zone is not the airline's to read.
    internal_names = ("site", "tank", "signed_by", "signed_at", "matched_by", "matched_at", "match_note", "prepared_by")

    @property
    def template_name(self) -> str:
        return "fuel/ticket_print.html" if self.is_printed else "fuel/ticket_detail.html"

    def get_title(self) -> Text:
        if self.is_printed and self.object.signed_at is not None:
            return _("Delivery receipt %(number)s") % {"number": self.object.ticket_number}
        return super().get_title()

    @property
    def is_of_the_zone(self) -> bool:
        return bool(self.roles & STAFF)

    @property
    def fact_names(self) -> tuple[str, ...]:
        return (*self.kind.facts, *(self.internal_names if self.is_of_the_zone else ()))

    def facts(self) -> list[Fact]:
        if self.is_of_the_zone:
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


class TicketPicture(PageOfKind, ObjectPage):
    """A signature or photo of a ticket, for whoever may see the ticket."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        picture = get_object_or_404(self.object.attachments, pk=self.kwargs["picture"])
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
        return HttpResponse(bytes(picture.content), content_type=picture.content_type, headers=headers)


@contextmanager
def asking_back(form: Any) -> Iterator[None]:
    """Let the form ask why, beside what was written, instead of refusing it."""
    try:
        yield
    except ExceptionsUnexplained as asked:
        raise form.asked_back(asked) from asked


class TicketDraft(DraftPage):
    """The tablet form: saved as a draft, or signed at once."""

    readers = STAFF
    template_name = "fuel/ticket_form.html"
    button = gettext_lazy("Sign")

    def submit(self, document: DeliveryTicket) -> DeliveryTicket:
        # Its pictures were kept with it when it was saved.
        return sign_ticket(ticket=document, actor=self.user, at=self.now)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        with asking_back(form):
            return super().act(form, rows)

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number}
        if self.is_submitting:
            return _("%(number)s is signed; its fuel has left the tank.") % words
        return _("%(number)s was saved. Have it signed when it is complete.") % words


class TicketAdd(TicketDraft, KindAdd):
    """Entering a ticket."""


class TicketChange(TicketDraft, KindChange):
    """Saying a ticket anew that is not signed."""

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(pictures=self.object.attachments.defer("content"), **more)


class TicketAct(KindAct):
    """An act of the zone's people; an airline only reads."""

    readers = STAFF


class TicketActForm(TicketAct):
    """An act with a page of its own."""

    is_question = False

    def queryset(self) -> Any:
        return super().queryset().select_related(*RELATED)

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user, "site": self.object.site}


class TicketReplace(TicketActForm):
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

    def initial(self) -> dict[str, Any]:
        return TicketForm.of_document(self.object)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> DeliveryTicket:
        given = form.figures(now=self.object.delivered_at)
        with asking_back(form):
            return replace_ticket(
                ticket=self.object, **given, actor=self.user, at=self.now, request_key=self.request_key
            )

    def success_message(self, outcome: DeliveryTicket) -> Text:
        words = {"wrong": self.object.number, "number": outcome.number}
        return _("%(wrong)s is void; %(number)s stands in its place. Somebody else has to match it.") % words


class TicketSign(TicketActForm):
    """The signature pad."""

    template_name = "fuel/ticket_sign.html"
    form_class = TicketSignForm
    button = gettext_lazy("Sign")

    def get_title(self) -> Text:
        return _("Sign %(number)s") % {"number": self.object.number}

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def initial(self) -> dict[str, Any]:
        return {"signatory": self.object.signatory}

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(pictures=self.object.attachments.defer("content"), **more)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        with asking_back(form):
            return super().act(form, rows)


class TicketDefuel(TicketActForm):
    """What comes back of a ticket, as a document of its own."""

    form_class = DefuelForm
    button = gettext_lazy("Take back")
    subtitle = gettext_lazy(
        "What the ticket drew last comes back first. It is held in the tank until quality decides on it."
    )

    def get_title(self) -> Text:
        return _("Defuel of %(number)s") % {"number": self.object.number}

    def initial(self) -> dict[str, Any]:
        return {"tank": self.object.tank_id}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Defuel:
        defuel: Defuel = self.offer.operation(
            ticket=self.object,
            **form.figures(now=self.now),
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )
        return defuel


class TicketImport(ColumnFilePage, KindAdd):
    """A file of signed tickets: all are taken in, or none, and every cell at fault is named."""

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
            return take_in_tickets(site=site, details=details, actor=self.user, at=self.now)
        except ExceptionsUnexplained as asked:
            # The column of a file in which a row explains itself.
            raise asked.told_under("explanation") from asked

    def success_message(self, outcome: TakenIn) -> Text:
        words = {"new": len(outcome.new), "known": len(outcome.known)}
        return _("%(new)s tickets were taken in; %(known)s had come before.") % words

    def success_url(self, outcome: TakenIn) -> str:
        return self.url("list")


class TicketMatchAll(KindAdd):
    """Every signed ticket in which nothing is exceptional is matched at once."""

    template_name = "registry/act_page.html"

    title = gettext_lazy("Match all without exceptions")
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
        return f"{self.url('list')}?state=signed"
