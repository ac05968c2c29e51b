"""Admission 入区: from the draft to goods that are counted, and closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bonded.models import Admission, AdmissionLine, AdmissionSource, AdmissionState, DeliveryTerms
from bonded.operations.previewed import require_as_previewed
from customs.duty import Assessment, CifPrice, FobPrice, Rates, assess, customs_value_cny, rates_of
from customs.models import AccountBook
from customs.operations.book_checks import require_book_of_site, require_open_book
from customs.operations.declaration_numbers import let_go_of_number, stand_under_number, stands, written_number
from customs.operations.guarantees import require_guarantee
from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, BY_OFFICERS, BY_POSTERS, act, take_back_act
from documents.operations.documents import Refusals
from documents.operations.lines import keep_with_lines
from documents.operations.numbers import give_number
from documents.operations.shares import HUNDRED_THOUSANDTH, riding_of
from documents.reversals.operations import reversal_act
from ledger.operations import open_lots, post
from ledger.postings import Account, CustomsStatus, Journal, Leg, MovementKind, NewLot
from registry.models import Item, Organisation, PlaceKind, Site, User
from registry.queries import exchange_rates_on, tariff_rates_for

OPEN_FOR_CHANGE = (AdmissionState.DRAFT, AdmissionState.RETURNED)
BOUNDARY_OF = {
    AdmissionSource.ABROAD: PlaceKind.ABROAD,
    AdmissionSource.DOMESTIC: PlaceKind.DOMESTIC,
    AdmissionSource.OTHER_SITE: PlaceKind.OTHER_SITE,
}
MOVEMENT_OF = {
    AdmissionSource.ABROAD: MovementKind.ADMITTED,
    AdmissionSource.DOMESTIC: MovementKind.ADMITTED,
    AdmissionSource.OTHER_SITE: MovementKind.TRANSFERRED_IN,
}
STATUS_OF = {
    AdmissionSource.ABROAD: CustomsStatus.BONDED,
    AdmissionSource.DOMESTIC: CustomsStatus.EXPORT_REFUNDED,
    AdmissionSource.OTHER_SITE: CustomsStatus.BONDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionLineInput:
    """One article as declared. Quantity in the item's unit, masses in kg, money in `currency`.

    Left out: the net mass is the item's usual one, the gross mass the net mass, the origin the item's usual one.
    """

    item: Item
    quantity: Decimal
    invoice_value: Decimal
    currency: str
    packages: int = 1
    gross_mass_kg: Decimal | None = None
    net_mass_kg: Decimal | None = None
    terms: str = DeliveryTerms.CIF
    freight: Decimal = Decimal(0)
    insurance_rate: Decimal = Decimal(0)
    origin: str = ""
    expiry_date: date | None = None


def prepare_admission(
    *,
    site: Site,
    book: AccountBook,
    owner: Organisation,
    lines: Sequence[AdmissionLineInput],
    actor: User,
    at: datetime,
    request_key: UUID,
    source: str = AdmissionSource.ABROAD,
    declaration_number: str = "",
    vehicle: str = "",
    remark: str = "",
) -> Admission:
    """Enter an admission as a draft with its number; the same request twice gives one document.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field, row and figure that cannot be accepted.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, site)

    def prepare() -> Admission:
        admission = Admission(site=site, prepared_by=actor, prepared_at=at, request_key=request_key)
        _fill(admission, book, owner, source, declaration_number, vehicle, remark)
        rows = _lines(admission, lines, at)
        give_number(document=admission, at=at)
        keep_with_lines(admission, rows, actor=actor, at=at)
        return admission

    with transaction.atomic():
        return documents.prepared_once(Admission, request_key=request_key, actor=actor, prepare=prepare)


@act(Admission, "change", *OPEN_FOR_CHANGE, who=BY_POSTERS)
def amend_admission(
    *,
    admission: Admission,
    book: AccountBook,
    owner: Organisation,
    lines: Sequence[AdmissionLineInput],
    actor: User,
    at: datetime,
    source: str = AdmissionSource.ABROAD,
    declaration_number: str = "",
    vehicle: str = "",
    remark: str = "",
) -> Admission:
    """Replace what a draft or returned admission declares.

    Raises:
        NotAsRequired: as prepare_admission.
    """
    _fill(admission, book, owner, source, declaration_number, vehicle, remark)
    rows = _lines(admission, lines, at)
    keep_with_lines(admission, rows, actor=actor, at=at)
    return admission


@act(Admission, "submit", *OPEN_FOR_CHANGE, to=AdmissionState.SUBMITTED, who=BY_POSTERS)
def submit_admission(*, admission: Admission, actor: User, at: datetime) -> Admission:
    """Hand the admission over to whoever accepts it."""
    admission.submitted_at = at
    return admission


take_back_admission = take_back_act(Admission, "admission", AdmissionState.SUBMITTED, to=AdmissionState.DRAFT)


@act(
    Admission,
    "return",
    AdmissionState.SUBMITTED,
    to=AdmissionState.RETURNED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
    with_reason=True,
)
def return_admission(*, admission: Admission, actor: User, at: datetime, reason: str) -> Admission:
    """Give a submitted admission back for correction."""
    return admission


@act(
    Admission,
    "void",
    *OPEN_FOR_CHANGE,
    AdmissionState.SUBMITTED,
    to=AdmissionState.VOID,
    who=BY_POSTERS,
    with_reason=True,
)
def void_admission(*, admission: Admission, actor: User, at: datetime, reason: str) -> Admission:
    """Give up an admission that was not accepted; its number stays, marked void."""
    return admission


@act(
    Admission,
    "accept",
    AdmissionState.SUBMITTED,
    to=AdmissionState.ACCEPTED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
)
def accept_admission(
    *,
    admission: Admission,
    actor: User,
    at: datetime,
    declaration_number: str = "",
    previewed_tax_cny: Decimal | None = None,
) -> Admission:
    """Accept the declaration: assess every line at today's rates, open its lot, write it into the account book.

    The rates of this day stay with the lot and fix what is suspended; nothing is in stock before it is counted.

    Args:
        declaration_number: that customs gives it now; empty takes the one that it was submitted with.
        previewed_tax_cny: duty and tax as the preview showed them; None compares nothing.
    Raises:
        UnknownCurrency, ExchangeRateTooOld, NoTariffRate: a line has no rate that counts on the day.
        InvalidFigure: figures from which no duty can be reckoned.
        GuaranteeExceeded: the suspended duty and tax are more than the guarantee has left.
        ChangedSincePreview: duty and tax come to something else than the preview showed.
        NotAsRequired: it has no declaration number, or another document stands under it.
    """
    stand_under_number(document=admission, number=declaration_number or None)
    today = documents.customs_date(admission, at)
    require_open_book(admission.book, on_date=today)
    lines = list(admission.lines.select_related("item"))
    assess_lines(lines, today, may_be_older=admission.site.takes_older_exchange_rates)
    suspended_tax_cny = sum((line.tax_cny for line in lines), Decimal(0))
    require_as_previewed(previewed_tax_cny, suspended_tax_cny)
    require_guarantee(book=admission.book, suspended_tax_cny=suspended_tax_cny)
    lots = open_lots(lots=[_lot(admission, line, today) for line in lines], at=at)
    for line, lot in zip(lines, lots, strict=True):
        line.lot = lot
    # One statement of plain rows; bulk_update would write a CASE for every figure of every line.
    AdmissionLine.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*_ASSESSED, "exchange_rate_cny_per_unit", "exchange_rate_date", "lot"],
    )
    source = Account(documents.boundary(admission.site, BOUNDARY_OF[AdmissionSource(admission.source)]).pk)
    book = Account(admission.book.place_id)
    legs = tuple(Leg(Journal.CUSTOMS, lot.pk, source, book, lot.quantity, riding_of(lot)) for lot in lots)
    _post(admission, "accept", legs, at, actor)
    admission.accepted_by, admission.accepted_at = actor, at
    return admission


@act(Admission, "arrive", AdmissionState.ACCEPTED, to=AdmissionState.ARRIVED, who=BY_POSTERS)
def record_arrival(
    *, admission: Admission, actor: User, at: datetime, arrived_at: datetime, vehicle: str = ""
) -> Admission:
    """Note that the goods have come through the gate; they are still to be counted.

    Raises:
        NotAsRequired: the arrival lies in the future.
    """
    documents.require_not_in_the_future(arrived_at, at=at, field="arrived_at")
    admission.arrived_at = arrived_at
    admission.vehicle = vehicle or admission.vehicle
    return admission


@act(
    Admission,
    "close",
    AdmissionState.COUNTED,
    to=AdmissionState.CLOSED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
)
def close_admission(*, admission: Admission, actor: User, at: datetime) -> Admission:
    """Close a counted admission."""
    return admission


ask_to_reverse_admission = reversal_act(
    Admission, "admission", *AdmissionState, is_due=stands, decided_by=BY_OFFICERS, undo=let_go_of_number
)


def _fill(
    admission: Admission,
    book: AccountBook,
    owner: Organisation,
    source: str,
    declaration_number: str,
    vehicle: str,
    remark: str,
) -> None:
    require_book_of_site(book, admission.site)
    admission.book = book
    admission.owner = owner
    admission.source = source
    admission.declaration_number = written_number(site=admission.site, number=declaration_number, document=admission)
    admission.vehicle = vehicle
    admission.remark = remark
    documents.require_fit(admission)


def _lines(admission: Admission, given: Sequence[AdmissionLineInput], at: datetime) -> list[AdmissionLine]:
    """The lines to be kept; raise NotAsRequired naming every figure that cannot be."""
    documents.require_lines(given)
    refusals = Refusals()
    rows = [_line(admission, line, number, refusals) for number, line in enumerate(given)]
    refusals.raise_if_any()
    day = documents.customs_date(admission, at)
    # Which month's rate counts is known when customs accepts.
    refusals.ask(lambda: exchange_rates_on([row.currency for row in rows], day, may_be_older=True))
    refusals.ask(lambda: tariff_rates_for([(row.item.tariff_code, row.origin) for row in rows], day, field="item"))
    refusals.raise_if_any()
    return rows


def _line(admission: Admission, given: AdmissionLineInput, number: int, refusals: Refusals) -> AdmissionLine:
    refusals.quantity(given.quantity, given.item.unit, field="quantity", row=number)
    net_mass_kg = given.net_mass_kg
    if net_mass_kg is None:
        is_refused = refusals.is_refused("quantity", number)
        net_mass_kg = Decimal(0) if is_refused else given.quantity * given.item.net_mass_kg_per_unit
        net_mass_kg = net_mass_kg.quantize(HUNDRED_THOUSANDTH)
    row = AdmissionLine(
        admission=admission,
        row=number + 1,
        item=given.item,
        quantity=given.quantity,
        packages=given.packages,
        net_mass_kg=net_mass_kg,
        gross_mass_kg=net_mass_kg if given.gross_mass_kg is None else given.gross_mass_kg,
        invoice_value=given.invoice_value,
        currency=given.currency.strip().upper(),
        terms=given.terms,
        freight=given.freight,
        insurance_rate=given.insurance_rate,
        origin=(given.origin or given.item.origin).strip().upper(),
        expiry_date=given.expiry_date,
    )
    refusals.row_fits(row, number=number, exclude={"admission", "item", "quantity", "lot", "over_lot"})
    if refusals.is_refused("quantity", number):
        return row
    if row.terms == DeliveryTerms.CIF:
        _refuse_beside_cif(row, number, refusals)
    if not refusals.is_refused("net_mass_kg", number) and not 0 < row.net_mass_kg <= row.gross_mass_kg:
        message = _("The net mass, %(net)s kg, is above zero and at most the gross mass, %(gross)s kg.")
        words = {"net": row.net_mass_kg, "gross": row.gross_mass_kg}
        refusals.add(message % words, "net_mass_kg", number, row.net_mass_kg)
    for field, most in (("invoice_value", None), ("freight", None), ("insurance_rate", Decimal(1))):
        figure = getattr(row, field)
        if not refusals.is_refused(field, number) and (figure < 0 or (most is not None and figure >= most)):
            refusals.add(_("%(figure)s cannot be right here.") % {"figure": figure}, field, number, figure)
    if given.item.zone_id != admission.site.zone_id:
        refusals.add(_("%(item)s is an item of another zone.") % {"item": given.item.code}, "item", number)
    return row


def _refuse_beside_cif(row: AdmissionLine, number: int, refusals: Refusals) -> None:
    """A CIF price has freight and insurance in it (Incoterms 2020); beside it they would count for nothing."""
    for field in ("freight", "insurance_rate"):
        figure = getattr(row, field)
        if figure and not refusals.is_refused(field, number):
            message = _("A CIF price has freight and insurance in it. Write 0 here, or choose FOB.")
            refusals.add(message, field, number, figure)


_ASSESSED = (
    "customs_value_cny",
    "duty_cny",
    "consumption_tax_cny",
    "vat_cny",
    "duty_rate",
    "vat_rate",
    "consumption_tax_rate",
    "consumption_tax_cny_per_unit",
)


def assess_lines(lines: Sequence[AdmissionLine], day: date, *, may_be_older: bool) -> None:
    """Put customs value, duty and taxes at the day's rates on the lines, which are not saved.

    Args:
        may_be_older: whether the site takes the exchange rate of an earlier month.
    Raises:
        UnknownCurrency, ExchangeRateTooOld, NoTariffRate, InvalidFigure: naming each line that cannot be assessed.
    """
    exchange_rates = exchange_rates_on([line.currency for line in lines], day, may_be_older=may_be_older)
    tariff_rates = tariff_rates_for([(line.item.tariff_code, line.origin) for line in lines], day, field="item")
    for number, (line, exchange_rate, tariff_rate) in enumerate(zip(lines, exchange_rates, tariff_rates, strict=True)):
        rates = rates_of(tariff_rate)
        line.exchange_rate_cny_per_unit = exchange_rate.cny_per_unit
        line.exchange_rate_date = exchange_rate.valid_from_date
        line.take(_assessment(line, exchange_rate.cny_per_unit, rates, number), rates)


def _assessment(line: AdmissionLine, exchange_rate: Decimal, rates: Rates, number: int) -> Assessment:
    price: FobPrice | CifPrice = CifPrice(cif_invoice_currency=line.invoice_value)
    if line.terms == DeliveryTerms.FOB:
        price = FobPrice(
            fob_invoice_currency=line.invoice_value,
            freight_invoice_currency=line.freight,
            insurance_rate=line.insurance_rate,
        )
    value_cny = customs_value_cny(price=price, exchange_rate_cny_per_unit=exchange_rate, row=number)
    return assess(value_cny=value_cny, quantity=line.quantity, rates=rates, row=number)


def _lot(admission: Admission, line: AdmissionLine, today: date) -> NewLot:
    return NewLot(
        zone_id=admission.site.zone_id,
        site_id=admission.site_id,
        number=f"{admission.number}-{line.row:02d}",
        item_id=line.item_id,
        unit_id=line.item.unit_id,
        owner_id=admission.owner_id,
        customs_status=STATUS_OF[AdmissionSource(admission.source)],
        origin=line.origin,
        admitted_date=today,
        expiry_date=line.expiry_date,
        document=documents.in_ledger(admission),
        quantity=line.quantity,
        net_mass_kg=line.net_mass_kg,
        **{field: getattr(line, field) for field in _ASSESSED},
    )


def _post(admission: Admission, act: str, legs: tuple[Leg, ...], at: datetime, actor: User) -> None:
    kind = MOVEMENT_OF[AdmissionSource(admission.source)]
    posting = documents.posting_of(admission, act, kind=kind, legs=legs, occurred_at=at)
    post(zone_id=admission.site.zone_id, actor_id=actor.pk, postings=[posting])
