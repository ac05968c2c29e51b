"""Charges: what a ticket or a defuel comes to, and how a charge is taken back, whole or in part, and made again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from customs.queries import declaration_numbers_of
from documents.operations import documents
from documents.operations.documents import NotAsRequired
from fuel.billing.pricing import CENT, ZERO, Relief
from fuel.measurement import us_gallons
from fuel.models import (
    BESIDE_UPLIFTS,
    Charge,
    ChargeKind,
    Defuel,
    DeliveryTicket,
    StatementLine,
    StatementState,
    TicketState,
)
from fuel.operations.price_terms import Terms, terms_of_charge
from fuel.operations.prices import PricedUplift, Pricing, local_day
from ledger.postings import CustomsStatus
from registry.errors import Conflict, FieldError
from registry.models import Airline, Role, Site, User
from registry.rules import require_role
from registry.wording import money_text, quantity_text

TICKET_RELATIONS = (
    *("airline__organisation", "airport", "destination", "relief_rule"),
    *("tank__product", "tank__place", "site__zone"),
)
THOUSANDTH = Decimal("0.001")
_QUANTITIES = ("litres_observed", "litres_at_base", "mass_kg", "us_gallons_observed")
_RELIEFS = ("saving_duty_cny", "saving_consumption_tax_cny", "saving_vat_cny")
# What a credit turns round; what it was reckoned with stays as it was.
_TURNED = (
    *(*_QUANTITIES, "net_amount", "vat_amount", "amount_cny", "duty_paid_cny"),
    *(*_RELIEFS, "saving_price_cny"),
)


class AlreadyCredited(Conflict):
    """The charge was credited before, or is a credit itself."""

    code = "already-credited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What would be right of a charge, as it is settled: litres observed, or the net amount in its currency."""

    litres_observed: Decimal | None = None
    net_amount: Decimal | None = None


def lock_airline(airline: Airline) -> None:
    """One act at a time on what an airline is charged; tickets may be entered meanwhile. They are locked after it."""
    Airline.objects.select_for_update(no_key=True, of=("self",)).get(pk=airline.pk)


def standing(charges: Any) -> Any:
    """Of charges those that are in force: not credited whole."""
    credits: Any = Charge.objects.filter(corrects=OuterRef("pk"), kind=ChargeKind.CREDIT)
    return charges.exclude(Exists(credits))


def standing_charges(tickets: Iterable[int]) -> dict[int, Charge]:
    """By ticket the charge of its uplift that is in force: not credited, or charged again; in one query."""
    rows: Any = Charge.objects.filter(
        ticket__in=list(tickets), defuel=None, kind__in=[ChargeKind.UPLIFT, ChargeKind.REBILL]
    )
    return {one.ticket_id: one for one in standing(rows).select_related("contract__index").order_by("pk")}


def came_back_of(ticket: int | None) -> list[Charge]:
    """What was charged below zero for fuel of a ticket that came back, and is in force."""
    rows: Any = Charge.objects.filter(
        ticket=ticket, defuel__isnull=False, kind__in=[ChargeKind.DEFUEL, ChargeKind.REBILL]
    )
    return list(standing(rows).select_related("contract__index", "defuel").order_by("pk"))


def parts_of(charge: Charge) -> list[Charge]:
    """What was credited of a charge in part."""
    return list(Charge.objects.filter(corrects=charge, kind=ChargeKind.PART).order_by("pk"))


def charge_of(
    ticket: DeliveryTicket,
    defuel: Defuel | None,
    priced: PricedUplift,
    actor: User,
    at: datetime,
    *,
    customs_reference: str,
) -> Charge:
    """What a ticket comes to, or what came back of it by a defuel, with everything it was reckoned from; not saved."""
    measured: Any = defuel or ticket
    sign = -1 if defuel is not None else 1
    price, terms = priced.priced, priced.terms
    return Charge(
        site=ticket.site,
        airline=ticket.airline,
        kind=ChargeKind.DEFUEL if defuel is not None else ChargeKind.UPLIFT,
        ticket=ticket,
        defuel=defuel,
        flight_number=ticket.flight_number,
        flight_date=ticket.flight_date,
        registration=ticket.registration,
        aircraft_type=ticket.aircraft_type,
        airport=ticket.airport,
        destination=ticket.destination,
        delivered_at=ticket.delivered_at,
        litres_observed=sign * measured.litres_observed,
        celsius=measured.celsius,
        density_at_base=measured.density_at_base,
        base=measured.base,
        litres_at_base=sign * measured.litres_at_base,
        mass_kg=sign * measured.mass_kg,
        us_gallons_observed=sign * us_gallons(litres=measured.litres_observed),
        net_amount=sign * price.net_amount,
        vat_amount=sign * price.vat_amount,
        amount_cny=sign * price.amount_cny,
        duty_paid_cny=sign * price.duty_paid_cny,
        saving_duty_cny=sign * price.saving_duty_cny,
        saving_consumption_tax_cny=sign * price.saving_consumption_tax_cny,
        saving_vat_cny=sign * price.saving_vat_cny,
        saving_price_cny=sign * price.saving_price_cny,
        due_date=local_day(ticket) + timedelta(days=terms.contract.payment_days),
        customs_reference=customs_reference,
        charged_by=actor,
        charged_at=at,
        **_told_of(terms),
    )


def _told_of(terms: Terms) -> dict[str, Any]:
    known = terms.duty_paid_terms
    return {
        "contract": terms.contract,
        "customs_status": terms.customs_status,
        "price_basis": terms.price_basis,
        "quotes": terms.quotes,
        "index_price": terms.index_price,
        "index_unit": terms.index_unit,
        "differential": terms.differential,
        "differential_unit": terms.differential_unit,
        "barrels_per_tonne": terms.barrels_per_tonne,
        "into_plane_fee_per_tonne": terms.into_plane_fee_per_tonne,
        "unit_price": terms.unit_price,
        "currency": terms.currency,
        "exchange_rate_cny_per_unit": terms.cny_per_unit,
        "vat_rate": terms.vat_rate,
        "duty_paid_cny_per_tonne": None if known is None else known.cny_per_tonne,
        "duty_paid_has_fee": None if known is None else known.has_fee,
        "duty_paid_from_date": None if known is None else known.from_date,
        "duty_paid_source": "" if known is None else known.source,
    }


@transaction.atomic
def credit_and_rebill(
    *, charge: Charge, reason: str, actor: User, at: datetime, is_rebilled: bool = True
) -> list[Charge]:
    """Take back what stands of a charge, and charge the ticket again as it stands now.

    Fuel that came back, and what was credited in part by quantity, goes with it: both are priced as what they are taken
    off. All wait for the next statement.

    Args:
        is_rebilled: False leaves it at the credit.
    Returns:
        The credit first, then the new charge, then what goes with them.
    Raises:
        NotAllowed: the actor does not supervise the site.
        NotAsRequired: there is no reason.
        AlreadyCredited: the charge is a credit, or was credited before.
        NoPrice: the ticket cannot be priced as it stands now.
    """
    require_role(actor, charge.site, Role.SUPERVISOR)
    reason = documents.require_reason(reason)
    return charge_anew(charge=charge, reason=reason, actor=actor, at=at, is_rebilled=is_rebilled)


def charge_anew(*, charge: Charge, reason: str, actor: User, at: datetime, is_rebilled: bool = True) -> list[Charge]:
    """As credit_and_rebill, where it follows from what somebody else may decide, such as customs on a flight.

    Raises:
        AlreadyCredited, NoPrice: as credit_and_rebill.
    """
    lock_airline(charge.airline)
    require_standing(charge)
    if charge.ticket_id is None:
        # What was charged by hand is not charged again by itself.
        return [_saved(_turned_round(charge, reason, actor, at))]
    is_uplift = charge.defuel_id is None
    came_back = came_back_of(charge.ticket_id) if is_uplift else []
    parts = parts_of(charge)
    made = [_saved(_turned_round(one, reason, actor, at)) for one in (charge, *came_back)]
    ticket: Any = DeliveryTicket.objects.select_related(*TICKET_RELATIONS).get(pk=charge.ticket_id)
    if is_rebilled:
        again = _charged_again(ticket, charge, came_back, reason, actor, at)
        made[1:1] = again[:1]
        made += again[1:]
        made += [_saved(_part_again(one, again[0], actor, at)) for one in parts]
    elif is_uplift and ticket.state in {TicketState.INVOICED, TicketState.DISPUTED}:
        ticket = documents.locked(ticket)
        ticket.state = TicketState.CREDITED
        documents.keep(ticket, actor=actor, at=at, reason=reason)
    return made


@transaction.atomic
def credit_part(*, charge: Charge, right: Right, reason: str, actor: User, at: datetime) -> Charge:
    """Take off a charge what is too much, so that what is right stands; it waits for the next statement.

    By litres, everything of the charge is taken off in proportion, at its own price; by amount, no quantity is.

    Args:
        right: what stands afterwards; one of the two.
    Raises:
        NotAllowed: the actor does not supervise the site.
        NotAsRequired: there is no reason; or what is right is not less than what stands, or nothing, or less than what
            came back: the figure named.
        AlreadyCredited: the charge is a credit, or was credited before.
    """
    require_role(actor, charge.site, Role.SUPERVISOR)
    reason = documents.require_reason(reason)
    lock_airline(charge.airline)
    charge = Charge.objects.select_related("contract__index", "site", "airline", "ticket").get(pk=charge.pk)
    require_standing(charge)
    if charge.defuel_id is not None or charge.ticket_id is None:
        raise NotAsRequired(_("Only what was charged for an uplift is credited in part. Credit this one whole."))
    if (right.litres_observed is None) == (right.net_amount is None):
        message = _("Say what is right: the litres, or the net amount.")
        raise NotAsRequired(message, errors=[FieldError(message, field="right_litres_observed")])
    if right.litres_observed is not None:
        part = _part_by_litres(charge, right.litres_observed)
    else:
        part = _part_by_amount(charge, right.net_amount or ZERO)
    part.reason, part.charged_by, part.charged_at = reason, actor, at
    return _saved(part)


def credit_replaced(
    *, charge: Charge, corrected: DeliveryTicket, reason: str, actor: User, at: datetime
) -> list[Charge]:
    """Take back what stands of a charge whose ticket gave way to a corrected one, and charge that one by its own day.

    The charge of a corrected ticket corrects the one that stood, so that a statement tells both beside it. A ticket
    that turns out to be another airline's is charged to that one like any other ticket, and tells nothing of this.

    Returns:
        The credit, and the new charge where it is of the same airline.
    Raises:
        AlreadyCredited: the charge is a credit, or was credited before.
        NoPrice: the corrected ticket cannot be priced.
    """
    require_standing(charge)
    made = [_saved(_turned_round(charge, reason, actor, at))]
    if corrected.airline_id == charge.airline_id:
        ticket: Any = DeliveryTicket.objects.select_related(*TICKET_RELATIONS).get(pk=corrected.pk)
        priced = Pricing(ticket.site, [ticket], at=at).price(ticket)
        again = charge_of(ticket, None, priced, actor, at, customs_reference="")
        again.kind, again.corrects, again.reason = ChargeKind.REBILL, charge, reason
        made.append(_saved(again))
    return made


def waiting_beside_uplifts(*, site: Site, end: datetime) -> Any:
    """Credits, rebills and what is charged by hand that a statement through a moment takes up.

    What corrects a ticket that gave way waits until the corrected one is matched, so that no statement has half of it;
    what is charged by hand waits until its period is over.
    """
    standing = StatementLine.objects.filter(statement__state=StatementState.ISSUED)
    rows = Charge.objects.filter(site=site, kind__in=BESIDE_UPLIFTS).exclude(pk__in=standing.values("charge"))
    rows = rows.exclude(corrects__in=waiting_for_match())
    return rows.exclude(kind=ChargeKind.MANUAL, delivered_at__gte=end)


def waiting_for_match() -> Any:
    """Charges that the charge of a ticket corrects which nobody has matched yet: all that corrects them waits."""
    return Charge.objects.filter(kind=ChargeKind.REBILL, ticket__state=TicketState.SIGNED).values("corrects")


def require_standing(charge: Charge) -> None:
    is_credit = charge.kind in {ChargeKind.CREDIT, ChargeKind.PART}
    if is_credit or charge.corrections.filter(kind=ChargeKind.CREDIT).exists():
        raise AlreadyCredited(_("This charge is a credit, or was credited already."))


def _saved(charge: Charge) -> Charge:
    charge.save(force_insert=True)
    return charge


def _turned_round(charge: Charge, reason: str, actor: User, at: datetime) -> Charge:
    """A credit of what stands of a charge: of what was not credited in part before."""
    parts = parts_of(charge)
    copied = _copied(charge)
    copied |= {name: -sum((getattr(one, name) for one in (charge, *parts)), ZERO) for name in _TURNED}
    return Charge(
        **{
            **copied,
            "kind": ChargeKind.CREDIT,
            "corrects_id": charge.pk,
            "reason": reason,
            "charged_by_id": actor.pk,
            "charged_at": at,
        }
    )


def _copied(charge: Charge) -> dict[str, Any]:
    fields = (known for known in Charge._meta.concrete_fields if not known.primary_key)
    return {known.attname: getattr(charge, known.attname) for known in fields}


def _charged_again(
    ticket: DeliveryTicket, charge: Charge, came_back: Sequence[Charge], reason: str, actor: User, at: datetime
) -> list[Charge]:
    """The ticket as it stands now, and what came back of it at the same price."""
    defuels = [one.defuel for one in (charge, *came_back) if one.defuel is not None]
    pricing = Pricing(charge.site, [ticket], defuels, at=at)
    references = declaration_numbers_of(document_kind=ticket.kind, document_ids=[ticket.pk])
    terms = None
    if charge.defuel_id is not None:
        standing = standing_charges([ticket.pk]).get(ticket.pk)
        terms = None if standing is None else terms_of_charge(standing)
    made = []
    for one in (charge, *came_back):
        priced = pricing.price(ticket, defuel=one.defuel, terms=terms)
        terms = terms or priced.terms
        again = charge_of(ticket, one.defuel, priced, actor, at, customs_reference=references.get(ticket.pk, ""))
        again.kind, again.corrects, again.reason = ChargeKind.REBILL, one, reason
        made.append(_saved(again))
    return made


def _part_again(part: Charge, charge: Charge, actor: User, at: datetime) -> Charge:
    """What was credited in part, of the charge that was made instead: by quantity at its price, or the same amount."""
    again = _by_fraction(charge, -part.litres_observed) if part.mass_kg else _by_amount(charge, -part.net_amount)
    again.reason, again.charged_by, again.charged_at = part.reason, actor, at
    return again


def _part_by_litres(charge: Charge, right: Decimal) -> Charge:
    stands = charge.litres_observed + sum((one.litres_observed for one in parts_of(charge)), ZERO)
    least = -sum((one.litres_observed for one in came_back_of(charge.ticket_id)), ZERO)
    if not least < right < stands or right != right.quantize(THOUSANDTH):
        words = {"right": quantity_text(right), "least": quantity_text(least), "stands": quantity_text(stands)}
        message = _("%(right)s L cannot be right: %(stands)s L stand, and %(least)s L came back.")
        message %= words
        raise NotAsRequired(message, errors=[FieldError(message, field="right_litres_observed", figure=str(right))])
    return _by_fraction(charge, stands - right)


def _part_by_amount(charge: Charge, right: Decimal) -> Charge:
    stands = charge.net_amount + sum((one.net_amount for one in parts_of(charge)), ZERO)
    if not 0 < right < stands or right != right.quantize(CENT):
        words = {"right": right, "stands": money_text(stands, charge.currency)}
        message = _("%(right)s cannot be right: %(stands)s net stand. Credit the whole, or write less.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="right_net_amount", figure=str(right))])
    return _by_amount(charge, stands - right)


def _by_fraction(charge: Charge, litres: Decimal) -> Charge:
    """So many litres observed of a charge below zero, at its own price; what it was relieved of in proportion."""
    fraction = litres / charge.litres_observed
    relief = {name: (getattr(charge, name) * fraction).quantize(CENT, ROUND_HALF_UP) for name in _RELIEFS}
    mass_kg = (charge.mass_kg * fraction).quantize(THOUSANDTH, ROUND_HALF_UP)
    priced = terms_of_charge(charge).price(
        mass_kg=mass_kg,
        relief=Relief(
            duty_cny=relief["saving_duty_cny"],
            consumption_tax_cny=relief["saving_consumption_tax_cny"],
            vat_cny=relief["saving_vat_cny"],
        ),
    )
    told = {
        "litres_observed": litres,
        "litres_at_base": (charge.litres_at_base * fraction).quantize(THOUSANDTH, ROUND_HALF_UP),
        "mass_kg": mass_kg,
        "us_gallons_observed": us_gallons(litres=litres),
        "net_amount": priced.net_amount,
        "vat_amount": priced.vat_amount,
        "amount_cny": priced.amount_cny,
        "duty_paid_cny": priced.duty_paid_cny,
        **relief,
        "saving_price_cny": priced.saving_price_cny,
    }
    return Charge(**{**_copied(charge), **{name: -told[name] for name in _TURNED}, **_part_of(charge)})


def _by_amount(charge: Charge, net_amount: Decimal) -> Charge:
    """So much of a charge's net amount below zero, with its VAT; a bonded uplift saves so much more by its price."""
    terms = terms_of_charge(charge)
    vat_amount = (net_amount * terms.vat_rate).quantize(CENT, ROUND_HALF_UP)
    amount_cny = ((net_amount + vat_amount) * terms.cny_per_unit).quantize(CENT, ROUND_HALF_UP)
    is_bonded = charge.customs_status == CustomsStatus.BONDED
    told = dict.fromkeys(_TURNED, ZERO) | {
        "net_amount": -net_amount,
        "vat_amount": -vat_amount,
        "amount_cny": -amount_cny,
        "duty_paid_cny": ZERO if is_bonded else -amount_cny,
        "saving_price_cny": amount_cny if is_bonded else ZERO,
    }
    return Charge(**{**_copied(charge), **told, **_part_of(charge)})


def _part_of(charge: Charge) -> dict[str, Any]:
    return {"kind": ChargeKind.PART, "corrects_id": charge.pk}
