"""When a quote is corrected: the charges that were reckoned from what it was, credited and charged again together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.documents import OwnWork
from fuel.billing.charges.operations import TICKET_RELATIONS, credit_and_rebill, lock_airline, standing
from fuel.models import Charge, ChargeKind, DeliveryTicket, IndexQuote
from fuel.operations.prices import NoPrice, Pricing
from registry.errors import Conflict
from registry.models import Airline, Role, Site, User
from registry.rules import require_role


class NothingToCorrect(Conflict):
    """No charge that stands was reckoned from another price of the day."""

    code = "nothing-to-correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misquoted:
    """A charge that stands, what it was reckoned from, and what it would come to now; None where it has no price."""

    charge: Charge
    quoted: Decimal
    unit_price_now: Decimal | None
    net_amount_now: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Net, in the currency of the charge; below zero it is given back."""
        return None if self.net_amount_now is None else self.net_amount_now - self.charge.net_amount


def charges_of_other_price(quote: IndexQuote) -> Any:
    """The charges of uplifts that stand and were reckoned from another price of the quote's index and day."""
    day = quote.quoted_date.isoformat()
    price = str(quote.price.quantize(Decimal("0.0001")))
    rows: Any = Charge.objects.filter(
        contract__index=quote.index_id,
        quotes__has_key=day,
        defuel=None,
        kind__in=[ChargeKind.UPLIFT, ChargeKind.REBILL],
    )
    return standing(rows).exclude(quotes__contains={day: price})


def misquoted(*, quote: IndexQuote, site: Site, at: datetime) -> list[Misquoted]:
    """What a corrected quote changes at a site, charge by charge; a constant number of queries."""
    rows = charges_of_other_price(quote).filter(site=site).select_related("airline", "ticket", "airport", "destination")
    charges: list[Charge] = list(rows.order_by("airline__iata_code", "delivered_at", "pk"))
    found: Any = DeliveryTicket.objects.filter(pk__in=[charge.ticket_id for charge in charges])
    tickets = {ticket.pk: ticket for ticket in found.select_related(*TICKET_RELATIONS)}
    pricing = Pricing(site, list(tickets.values()), at=at)
    day = quote.quoted_date.isoformat()
    told = []
    for charge in charges:
        try:
            priced = pricing.price(tickets[charge.ticket_id])
        except NoPrice:
            now = None
        else:
            now = priced
        told.append(
            Misquoted(
                charge=charge,
                quoted=Decimal(charge.quotes[day]),
                unit_price_now=None if now is None else now.terms.unit_price,
                net_amount_now=None if now is None else now.priced.net_amount,
            )
        )
    return told


def sites_of_other_price(quote: IndexQuote, user: User) -> list[Site]:
    """The sites that the user sees where charges wait for the correction."""
    waiting = charges_of_other_price(quote).filter(site=OuterRef("pk"))
    return list(Site.objects.visible_to(user).filter(Exists(waiting)).order_by("code"))


@transaction.atomic
def rebill_misquoted(*, quote: IndexQuote, site: Site, reason: str, actor: User, at: datetime) -> list[Charge]:
    """Credit every charge of a site that was reckoned from another price of a quote and charge it again, all or none.

    Each airline finds credit and charge on its own next statement; fuel that came back goes with its uplift.

    Raises:
        NotAllowed: the actor does not supervise the site.
        NotAsRequired: there is no reason.
        OwnWork: the actor corrected the quote; another has to rebill.
        NothingToCorrect: no charge that stands was reckoned from another price.
        NoPrice: a ticket cannot be priced as it stands now.
    """
    require_role(actor, site, Role.SUPERVISOR)
    reason = documents.require_reason(reason)
    _require_another(quote, actor)
    waiting = charges_of_other_price(quote).filter(site=site)
    # As statements do: the airlines first, in one order.
    _lock_airlines(Airline.objects.filter(pk__in=waiting.values("airline")).order_by("pk"))
    related = ("site__zone", "airline", "defuel")
    charges = list(charges_of_other_price(quote).filter(site=site).select_related(*related).order_by("pk"))
    if not charges:
        words = {"quote": str(quote), "site": site.code}
        raise NothingToCorrect(_("No charge of %(site)s was calculated from another price of %(quote)s.") % words)
    made: list[Charge] = []
    for charge in charges:
        made += credit_and_rebill(charge=charge, reason=reason, actor=actor, at=at)
    return made


def _lock_airlines(airlines: Iterable[Airline]) -> None:
    for airline in airlines:
        lock_airline(airline)


def _require_another(quote: IndexQuote, actor: User) -> None:
    """Whoever put the price right does not also rebill by it."""
    latest: Any = quote.history.order_by("-history_id").first()
    if latest is not None and latest.history_user_id == actor.pk:
        message = _("You entered the price of %(quote)s yourself. Somebody else has to rebill by it.")
        raise OwnWork(message % {"quote": str(quote)})
