"""Consignments of fuel up to the account book: advised, amended, accepted by customs; and out of it again."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from customs.duty import CifPrice, assess, customs_value_cny, rates_of
from customs.models import AccountBook, Assessed
from customs.operations.book_checks import require_book_of_site, require_open_book
from customs.operations.declaration_numbers import let_go_of_number, stand_under_number, written_number
from customs.operations.guarantees import require_guarantee
from documents.operations import documents
from documents.operations.acts import BY_CUSTOMS, BY_DECIDERS, BY_POSTERS, Who, act
from documents.operations.documents import Refusals
from documents.operations.numbers import give_number
from documents.operations.reversals import post_back
from documents.operations.shares import riding_of
from fuel.models import ConsignmentState, FuelConsignment, FuelSource, Transport
from ledger.operations import open_lots, post
from ledger.postings import Account, CustomsStatus, Journal, Leg, MovementKind, NewLot
from registry.models import Item, Organisation, PlaceKind, Site, User
from registry.queries import exchange_rate_on, tariff_rate_for
from registry.wording import quantity_text

KILOGRAM = "KGM"
HIGHEST_TOLERANCE_PERCENT = Decimal(5)
BOUNDARY_OF = {
    FuelSource.ABROAD: PlaceKind.ABROAD,
    FuelSource.DOMESTIC: PlaceKind.DOMESTIC,
    FuelSource.OTHER_SITE: PlaceKind.OTHER_SITE,
}
MOVEMENT_OF = {
    FuelSource.ABROAD: MovementKind.ADMITTED,
    FuelSource.DOMESTIC: MovementKind.ADMITTED,
    FuelSource.OTHER_SITE: MovementKind.TRANSFERRED_IN,
}
NOTHING = Decimal(0)
ASSESSED = tuple(field.name for field in Assessed._meta.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentDetails:
    """What the papers say of a consignment: mass in kg, density in kg/m³, the value CIF in ``currency``.

    Left out: the origin is the product's usual one.
    """

    customs_status: str
    supplier: Organisation
    product: Item
    document_mass_kg: Decimal
    source: str = FuelSource.ABROAD
    transport: str = Transport.RAIL
    book: AccountBook | None = None
    origin: str = ""
    declaration_number: str = ""
    bonded_note_number: str = ""
    vehicles: str = ""
    seals: str = ""
    document_litres_15c: Decimal | None = None
    document_density_15c: Decimal | None = None
    invoice_value: Decimal = NOTHING
    currency: str = "CNY"
    loss_tolerance_percent: Decimal = NOTHING
    remark: str = ""


def advise_consignment(
    *, site: Site, details: ConsignmentDetails, actor: User, at: datetime, request_key: UUID
) -> FuelConsignment:
    """Enter a consignment that is on its way; the same request twice gives one document.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field and figure that cannot be accepted.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, site)

    def prepare() -> FuelConsignment:
        consignment = FuelConsignment(site=site, prepared_by=actor, prepared_at=at, request_key=request_key)
        _fill(consignment, details, at)
        give_number(document=consignment, at=at)
        documents.keep(consignment, actor=actor, at=at)
        return consignment

    with transaction.atomic():
        return documents.prepared_once(FuelConsignment, request_key=request_key, actor=actor, prepare=prepare)


def who_decides(consignment: FuelConsignment) -> Who:
    """On bonded fuel customs decides, on duty-paid fuel whoever decides at the site."""
    return BY_DECIDERS if consignment.is_past_customs else BY_CUSTOMS


def _is_for_customs(consignment: FuelConsignment) -> bool:
    return not consignment.is_past_customs


@act(
    FuelConsignment,
    "change",
    ConsignmentState.DRAFT,
    ConsignmentState.ADVISED,
    ConsignmentState.RETURNED,
    who=BY_POSTERS,
)
def amend_consignment(
    *, consignment: FuelConsignment, details: ConsignmentDetails, actor: User, at: datetime
) -> FuelConsignment:
    """Replace what an advised or returned consignment says; a returned one is then submitted again.

    Raises:
        NotAsRequired: as advise_consignment.
    """
    _fill(consignment, details, at)
    return consignment


@act(
    FuelConsignment,
    "void",
    ConsignmentState.DRAFT,
    ConsignmentState.ADVISED,
    ConsignmentState.RETURNED,
    to=ConsignmentState.VOID,
    who=BY_POSTERS,
    with_reason=True,
)
def void_consignment(*, consignment: FuelConsignment, actor: User, at: datetime, reason: str) -> FuelConsignment:
    """Give up a consignment that is only advised, or was returned; its number stays, marked void."""
    return consignment


@act(
    FuelConsignment,
    "accept",
    ConsignmentState.ADVISED,
    to=ConsignmentState.ACCEPTED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    is_due=_is_for_customs,
)
def accept_consignment(*, consignment: FuelConsignment, actor: User, at: datetime) -> FuelConsignment:
    """Accept the declaration of bonded fuel: assess it at today's rates, open its lot, write it into the book.

    The book takes the mass by document; what was really received is told when it is measured into the tanks.

    Raises:
        NotAsRequired: it has no declaration number, or another document stands under it.
        WrongState: it is duty-paid and goes past customs.
        UnknownCurrency, NoTariffRate: there is no rate on the day.
        GuaranteeExceeded: the suspended duty and tax are more than the guarantee has left.
    """
    book = _require_bonded(consignment)
    stand_under_number(document=consignment)
    today = documents.customs_date(consignment, at)
    require_open_book(book, on_date=today)
    _assess(consignment, today)
    require_guarantee(book=book, suspended_tax_cny=consignment.tax_cny)
    lot = open_lot(consignment, today, at)
    source = Account(boundary_of(consignment))
    post(
        zone_id=consignment.site.zone_id,
        actor_id=actor.pk,
        postings=[
            documents.posting_of(
                consignment,
                "accept",
                kind=MOVEMENT_OF[FuelSource(consignment.source)],
                occurred_at=at,
                legs=(Leg(Journal.CUSTOMS, lot.pk, source, Account(book.place_id), lot.quantity, riding_of(lot)),),
            )
        ],
    )
    consignment.accepted_by, consignment.accepted_at = actor, at
    return consignment


@act(
    FuelConsignment,
    "return",
    ConsignmentState.ADVISED,
    to=ConsignmentState.RETURNED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    with_reason=True,
    is_due=_is_for_customs,
)
def return_consignment(*, consignment: FuelConsignment, actor: User, at: datetime, reason: str) -> FuelConsignment:
    """Give a bonded consignment back for correction instead of accepting it.

    Raises:
        WrongState: it is duty-paid and goes past customs.
    """
    _require_bonded(consignment)
    return consignment


@act(
    FuelConsignment,
    "take_back",
    ConsignmentState.ADVISED,
    to=ConsignmentState.DRAFT,
    who=BY_POSTERS,
    is_due=_is_for_customs,
)
def take_back_consignment(*, consignment: FuelConsignment, actor: User, at: datetime) -> FuelConsignment:
    """Take back what was submitted, as long as customs has not decided on it.

    Raises:
        WrongState: it is duty-paid and goes past customs.
    """
    _require_bonded(consignment)
    return consignment


@act(
    FuelConsignment,
    "submit",
    ConsignmentState.DRAFT,
    ConsignmentState.RETURNED,
    to=ConsignmentState.ADVISED,
    who=BY_POSTERS,
)
def submit_consignment(*, consignment: FuelConsignment, actor: User, at: datetime) -> FuelConsignment:
    """Hand a consignment that was returned or taken back over to customs again."""
    return consignment


@act(
    FuelConsignment,
    "reverse",
    ConsignmentState.ACCEPTED,
    ConsignmentState.GAUGED,
    ConsignmentState.HELD,
    ConsignmentState.RELEASED,
    to=ConsignmentState.REVERSED,
    who=who_decides,
    not_by=("prepared_by", "received_by"),
    with_reason=True,
)
def reverse_consignment(*, consignment: FuelConsignment, actor: User, at: datetime, reason: str) -> FuelConsignment:
    """Reverse everything that a consignment has posted, in stock and in the account book; its number stays.

    Another document may then stand under its declaration number.

    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
    """
    post_back(consignment, actor=actor, occurred_at=at, reason=reason)
    let_go_of_number(document=consignment)
    return consignment


def open_lot(consignment: FuelConsignment, today: date, at: datetime) -> Any:
    """Open the consignment's lot with the mass by document and what was assessed, nothing for duty-paid fuel."""
    new = lot_of(
        consignment,
        number=f"{consignment.number}-01",
        mass_kg=consignment.document_mass_kg,
        assessed=consignment,
        admitted_date=today,
    )
    (lot,) = open_lots(lots=[new], at=at)
    consignment.lot = lot
    return lot


def lot_of(
    consignment: FuelConsignment,
    *,
    number: str,
    mass_kg: Decimal,
    admitted_date: date,
    assessed: Assessed | None = None,
    customs_status: CustomsStatus | None = None,
    parent_id: int | None = None,
) -> NewLot:
    """A lot of a consignment, to be opened: its duty status unless another is said, without value unless assessed."""
    figures: dict[str, Any] = {name: (assessed and getattr(assessed, name)) or NOTHING for name in ASSESSED}
    return NewLot(
        zone_id=consignment.site.zone_id,
        site_id=consignment.site_id,
        number=number,
        item_id=consignment.product_id,
        unit_id=consignment.product.unit_id,
        owner_id=consignment.supplier_id,
        customs_status=customs_status or CustomsStatus(consignment.customs_status),
        origin=consignment.origin,
        admitted_date=admitted_date,
        parent_id=parent_id,
        document=documents.in_ledger(consignment),
        quantity=mass_kg,
        net_mass_kg=mass_kg,
        **figures,
    )


def boundary_of(consignment: FuelConsignment) -> int:
    """The id of the boundary place that the fuel comes from."""
    return documents.boundary(consignment.site, BOUNDARY_OF[FuelSource(consignment.source)]).pk


def _require_bonded(consignment: FuelConsignment) -> AccountBook:
    """The account book, which only bonded fuel has."""
    if consignment.book is None:
        words = {"number": consignment.number}
        raise documents.WrongState(_("%(number)s is duty-paid: it is measured into the tanks as it comes.") % words)
    return consignment.book


def _fill(consignment: FuelConsignment, details: ConsignmentDetails, at: datetime) -> None:
    for field in fields(ConsignmentDetails):
        setattr(consignment, field.name, getattr(details, field.name))
    consignment.origin = (details.origin or details.product.origin).strip().upper()
    consignment.currency = details.currency.strip().upper()
    if details.book is not None:
        require_book_of_site(details.book, consignment.site)
    refusals = Refusals()
    refusals.quantity(details.document_mass_kg, details.product.unit, field="document_mass_kg", row=None)
    refusals.row_fits(
        consignment, number=None, exclude={"number", "number_year", "number_sequence", "state", "document_mass_kg"}
    )
    if not refusals.is_refused("declaration_number", None):
        _write_number(consignment, refusals)
    _check_figures(consignment, refusals)
    _check_status(consignment, refusals)
    refusals.raise_if_any()
    if consignment.customs_status == CustomsStatus.BONDED:
        day = documents.customs_date(consignment, at)
        refusals.ask(lambda: exchange_rate_on(consignment.currency, day))
        refusals.ask(lambda: tariff_rate_for(consignment.product.tariff_code, consignment.origin, day, field="product"))
        refusals.raise_if_any()


def _write_number(consignment: FuelConsignment, refusals: Refusals) -> None:
    """Put the declaration number on the consignment as it is kept."""
    given = consignment.declaration_number
    kept = refusals.ask(lambda: written_number(site=consignment.site, number=given, document=consignment))
    consignment.declaration_number = given if kept is None else kept


def _check_figures(consignment: FuelConsignment, refusals: Refusals) -> None:
    product = consignment.product
    if product.unit_id != KILOGRAM or product.zone_id != consignment.site.zone_id:
        message = _("%(product)s is no product of this zone that is kept in kilograms.")
        refusals.add(message % {"product": product.code}, "product", None, product.code)
    mass_kg = consignment.document_mass_kg
    if not refusals.is_refused("document_mass_kg", None) and mass_kg != round(mass_kg, 3):
        message = _("%(mass)s kg is too precise: a mass has at most 3 decimals.")
        refusals.add(message % {"mass": mass_kg}, "document_mass_kg", None, mass_kg)
    highest: list[tuple[str, Decimal | None]] = [
        ("invoice_value", None),
        ("document_litres_15c", None),
        ("document_density_15c", None),
        ("loss_tolerance_percent", HIGHEST_TOLERANCE_PERCENT),
    ]
    for field, most in highest:
        figure = getattr(consignment, field)
        if figure is None or refusals.is_refused(field, None):
            continue
        if figure < 0 or (most is not None and figure > most):
            words = {"figure": quantity_text(figure)}
            refusals.add(_("%(figure)s cannot be right here.") % words, field, None, figure)


def _check_status(consignment: FuelConsignment, refusals: Refusals) -> None:
    is_bonded = consignment.customs_status == CustomsStatus.BONDED
    if is_bonded and consignment.book is None:
        refusals.add(_("Bonded fuel needs an account book."), "book")
    if is_bonded and consignment.source == FuelSource.DOMESTIC:
        refusals.add(_("Bonded fuel comes from abroad or from another site."), "source", None, consignment.source)
    if not is_bonded and consignment.book is not None:
        refusals.add(_("Duty-paid fuel stands in no account book."), "book", None, consignment.book.number)


def _assess(consignment: FuelConsignment, day: date) -> None:
    """Put customs value, duty and taxes at the day's rates on the consignment."""
    exchange_rate = exchange_rate_on(consignment.currency, day)
    tariff_rate = tariff_rate_for(consignment.product.tariff_code, consignment.origin, day, field="product")
    rates = rates_of(tariff_rate)
    value_cny = customs_value_cny(
        price=CifPrice(cif_invoice_currency=consignment.invoice_value), exchange_rate_cny_per_unit=exchange_rate
    )
    consignment.exchange_rate_cny_per_unit = exchange_rate
    consignment.take(assess(value_cny=value_cny, quantity=consignment.document_mass_kg, rates=rates), rates)
