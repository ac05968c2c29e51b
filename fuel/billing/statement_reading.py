"""Reading a statement as it was issued: page and files all show what is read here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Concat

from fuel.billing.pricing import percent_of
from fuel.billing.statement_content import (
    Ageing,
    DutyPaidBasis,
    Group,
    Line,
    Party,
    PaymentLine,
    PriceBasis,
    Quote,
    Saving,
    StatementContent,
    Totals,
)
from fuel.models import BaseTemperature, Charge, ChargeKind, Statement, StatementLine, StatementState
from registry.models import Airline, Organisation

LINES_AT_ONCE = 500
# Of the JSON file of what is issued now.
FORM = 2
LINE_RELATED = ("charge__ticket", "charge__manual", "charge__airport", "charge__destination", "charge__contract")
ZERO = Decimal(0)
CELSIUS_OF_BASE = {
    BaseTemperature.CELSIUS_15: "15",
    BaseTemperature.CELSIUS_20: "20",
    BaseTemperature.FAHRENHEIT_60: "15.56",
}
_SUMS = (
    *("litres_observed", "litres_at_base", "mass_kg", "us_gallons_observed"),
    *("net_amount", "vat_amount", "amount_cny", "duty_paid_cny"),
    *("saving_duty_cny", "saving_consumption_tax_cny", "saving_vat_cny", "saving_price_cny"),
)
_COUNTED = Q(charge__kind__in=[ChargeKind.UPLIFT])


def content_of(statement: Statement) -> StatementContent:
    """Everything that a statement says; its lines are read bit by bit as they are walked."""
    lines = StatementLine.objects.filter(statement=statement)
    sums: Any = lines.aggregate(
        **{name: Sum(f"charge__{name}") for name in _SUMS}, uplifts=Count("pk", filter=_COUNTED)
    )
    figures = {name: sums[name] or ZERO for name in _SUMS}
    return StatementContent(
        number=statement.number,
        supersedes=statement.supersedes.number if statement.supersedes else "",
        issued_at=statement.prepared_at,
        period_from=statement.from_date,
        period_to=statement.through_date,
        due_date=statement.due_date,
        currency=statement.currency,
        opening=statement.opening,
        payments=[
            PaymentLine(received_date=one.received_date, reference=one.reference, amount=one.amount)
            for one in (taken.payment for taken in statement.payments_taken.select_related("payment"))
        ],
        closing=statement.closing,
        totals=_totals(figures, sums["uplifts"]),
        by_route=_groups(lines, Concat("charge__airport__iata_code", Value("–"), "charge__destination__iata_code")),
        by_aircraft=_groups(lines, F("charge__registration")),
        price_bases=_price_bases(lines),
        duty_paid_bases=_duty_paid_bases(lines),
        customs_references=_customs_references(lines),
        sha256=statement.sha256,
        lines=LinesOf(statement),
        **_head_of(statement),
    )


def frozen_head(statement: Statement) -> dict[str, Any]:
    """What a statement says of things that may change after it was issued, to be kept with it."""
    kept = _head(statement)
    ageing = {name: str(amount) for name, amount in asdict(kept["ageing"]).items()}
    told = {"seller": asdict(kept["seller"]), "airline": asdict(kept["airline"]), "ageing": ageing}
    return {**kept, **told, "form": FORM}


def _head_of(statement: Statement) -> dict[str, Any]:
    """As it was issued."""
    kept = statement.frozen or frozen_head(statement)
    return {
        # What was kept before it had a number is of the first form.
        "form": 1,
        **kept,
        "seller": Party(**kept["seller"]),
        "airline": Party(**kept["airline"]),
        "ageing": Ageing(**{name: Decimal(amount) for name, amount in kept["ageing"].items()}),
    }


def _head(statement: Statement) -> dict[str, Any]:
    """As it is now."""
    lines = StatementLine.objects.filter(statement=statement)
    # What was charged by hand was measured nowhere.
    by_ticket = F("charge__ticket").asc(nulls_last=True)
    first: Any = lines.select_related("charge__airport").order_by(by_ticket, "row").first()
    contracts = lines.order_by("charge__contract__number").values_list("charge__contract__number", flat=True)
    return {
        "base_celsius": CELSIUS_OF_BASE[first.charge.base],
        "site_code": statement.site.code,
        "airport": first.charge.airport.iata_code,
        "seller": _party(statement.site.organisation),
        "airline": _airline(statement.airline),
        "contract_number": ", ".join(contracts.distinct()),
        "ageing": ageing_of(statement),
    }


class LinesOf:
    """The lines of a statement in the order in which they are printed; walked as often as one likes."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement

    def __iter__(self) -> Iterator[Line]:
        rows: Any = StatementLine.objects.filter(statement=self._statement).order_by("row")
        related = LINE_RELATED
        corrected = corrected_by(self._statement)
        for row in rows.select_related(*related).iterator(chunk_size=LINES_AT_ONCE):
            yield line_of(row.row, row.charge, corrected)


def corrected_by(statement: Statement) -> dict[int, tuple[str, int | None]]:
    """By charge that the statement corrects the statement that it stands on, and its row if it is this one.

    A charge that stands here is told by its row here; else by the last statement, before any that is superseded.
    """
    corrections = StatementLine.objects.filter(statement=statement, charge__corrects__isnull=False)
    rows: Any = StatementLine.objects.filter(charge__in=corrections.values("charge__corrects"))
    found: dict[int, tuple[str, int | None]] = {}
    # The preferred comes last.
    for charge, number, line_statement, row in rows.order_by("-statement__state", "statement").values_list(
        "charge", "statement__number", "statement", "row"
    ):
        if line_statement == statement.pk:
            found[charge] = (number, row)
        elif found.get(charge, ("", None))[1] is None:
            found[charge] = (number, None)
    return found


def line_of(row: int, charge: Charge, corrected: Mapping[int, tuple[str, int | None]]) -> Line:
    """A charge as its line says it.

    Args:
        corrected: see corrected_by.
    """
    corrects_statement, corrects_row = corrected.get(charge.corrects_id or 0, ("", None))
    ticket, destination = charge.ticket, charge.destination
    delivered_at = None if ticket is None else charge.delivered_at
    return Line(
        row=row,
        kind=charge.kind,
        corrects_statement=corrects_statement,
        corrects_row=corrects_row,
        reason=charge.reason,
        ticket_number="" if ticket is None else ticket.ticket_number,
        document_number=charge.document.number,
        flight_number=charge.flight_number,
        flight_date=None if ticket is None else charge.flight_date,
        registration=charge.registration,
        aircraft_type=charge.aircraft_type,
        origin="" if destination is None else charge.airport.iata_code,
        destination="" if destination is None else destination.iata_code,
        delivered_at=delivered_at,
        delivered_local=delivered_at and delivered_at.astimezone(ZoneInfo(charge.airport.time_zone)),
        customs_status=charge.customs_status,
        litres_observed=charge.litres_observed,
        celsius=charge.celsius,
        density_at_base=charge.density_at_base,
        litres_at_base=charge.litres_at_base,
        mass_kg=charge.mass_kg,
        us_gallons_observed=charge.us_gallons_observed,
        contract_number=charge.contract.number,
        price_basis=charge.price_basis,
        quotes=quotes_of(charge.quotes),
        index_price=charge.index_price,
        index_unit=charge.index_unit,
        differential=charge.differential,
        differential_unit=charge.differential_unit,
        barrels_per_tonne=charge.barrels_per_tonne,
        into_plane_fee=charge.into_plane_fee_per_tonne,
        unit_price=charge.unit_price,
        net_amount=charge.net_amount,
        vat_rate=charge.vat_rate,
        vat_amount=charge.vat_amount,
        total_amount=charge.total_amount,
        exchange_rate=charge.exchange_rate_cny_per_unit,
        amount_cny=charge.amount_cny,
        duty_paid_cny_per_tonne=charge.duty_paid_cny_per_tonne,
        duty_paid_has_fee=charge.duty_paid_has_fee,
        duty_paid_from_date=charge.duty_paid_from_date,
        duty_paid_source=charge.duty_paid_source,
        duty_paid_cny=charge.duty_paid_cny,
        saving=Saving(
            duty_cny=charge.saving_duty_cny,
            consumption_tax_cny=charge.saving_consumption_tax_cny,
            vat_cny=charge.saving_vat_cny,
            price_cny=charge.saving_price_cny,
            total_cny=charge.duty_paid_cny - charge.amount_cny,
        ),
        customs_reference=charge.customs_reference,
    )


def ageing_of(statement: Statement) -> Ageing:
    """What was owed at the end of the period by how long it was due: payments and credits settle the oldest first."""
    rows: Any = Statement.objects.filter(
        site=statement.site_id, airline=statement.airline_id, currency=statement.currency
    ).filter(Q(state=StatementState.ISSUED, through_date__lte=statement.through_date) | Q(pk=statement.pk))
    rows = rows.exclude(pk=statement.supersedes_id).order_by("due_date", "pk")
    owed = [(one.due_date, one.charges_total, one.payments_total) for one in rows]
    paid = sum((payments for _due, _charges, payments in owed), ZERO) - sum(
        (charges for _due, charges, _payments in owed if charges < 0), ZERO
    )
    buckets = [ZERO] * 5
    for due, charges, _payments in owed:
        rest = max(charges, ZERO)
        settled = min(rest, paid)
        paid -= settled
        buckets[_bucket((statement.through_date - due) // timedelta(days=1))] += rest - settled
    # What was paid too much is not due to anybody yet.
    buckets[0] -= paid
    return Ageing(
        not_due=buckets[0],
        to_30_days=buckets[1],
        to_60_days=buckets[2],
        to_90_days=buckets[3],
        over_90_days=buckets[4],
    )


def _bucket(days_late: int) -> int:
    if days_late <= 0:
        return 0
    return min(1 + (days_late - 1) // 30, 4)


def _customs_references(lines: Any) -> list[str]:
    """The declarations that its uplifts stand on, each once."""
    known = lines.exclude(charge__customs_reference="").order_by("charge__customs_reference")
    return list(known.values_list("charge__customs_reference", flat=True).distinct())


def _groups(lines: Any, name: Any) -> Sequence[Group]:
    rows = (
        lines.filter(charge__ticket__isnull=False)
        .order_by()
        .annotate(name=name)
        .values("name")
        .annotate(
            uplifts=Count("pk", filter=_COUNTED),
            mass_kg=Sum("charge__mass_kg"),
            total_amount=Sum(F("charge__net_amount") + F("charge__vat_amount")),
            saving_cny=Sum(F("charge__duty_paid_cny") - F("charge__amount_cny")),
        )
        .order_by("name")
    )
    return [Group(**row) for row in rows]


def _totals(figures: dict[str, Decimal], uplifts: int) -> Totals:
    saving = figures["duty_paid_cny"] - figures["amount_cny"]
    return Totals(
        uplifts=uplifts,
        litres_observed=figures["litres_observed"],
        litres_at_base=figures["litres_at_base"],
        mass_kg=figures["mass_kg"],
        us_gallons_observed=figures["us_gallons_observed"],
        net_amount=figures["net_amount"],
        vat_amount=figures["vat_amount"],
        total_amount=figures["net_amount"] + figures["vat_amount"],
        amount_cny=figures["amount_cny"],
        duty_paid_cny=figures["duty_paid_cny"],
        saving=Saving(
            duty_cny=figures["saving_duty_cny"],
            consumption_tax_cny=figures["saving_consumption_tax_cny"],
            vat_cny=figures["saving_vat_cny"],
            price_cny=figures["saving_price_cny"],
            total_cny=saving,
        ),
        saving_percent=percent_of(saving, figures["duty_paid_cny"]),
    )


def quotes_of(kept: Mapping[str, str]) -> tuple[Quote, ...]:
    """The quotes of an average in the order of their days, as a charge keeps them."""
    return tuple(Quote(quoted_date=date.fromisoformat(day), price=Decimal(kept[day])) for day in sorted(kept))


def _price_bases(lines: Any) -> list[PriceBasis]:
    """Each average once; a line that was charged again after a quote was corrected has another."""
    names = ("price_basis", "index_price", "index_unit", "quotes")
    known = lines.filter(charge__index_price__isnull=False).order_by("charge__price_basis", "charge__index_price")
    rows = known.values_list(*(f"charge__{name}" for name in names)).distinct()
    told = [dict(zip(names, row, strict=True)) for row in rows]
    return [PriceBasis(**{**one, "quotes": quotes_of(one["quotes"])}) for one in told]


def _duty_paid_bases(lines: Any) -> list[DutyPaidBasis]:
    names = ("cny_per_tonne", "has_fee", "from_date", "source")
    known = lines.filter(charge__duty_paid_from_date__isnull=False).order_by("charge__duty_paid_from_date")
    rows = known.values_list(*(f"charge__duty_paid_{name}" for name in names)).distinct()
    return [DutyPaidBasis(**dict(zip(names, row, strict=True))) for row in rows]


def _party(organisation: Organisation) -> Party:
    return Party(
        code=organisation.code,
        name=organisation.name,
        name_zh=organisation.name_zh,
        country=organisation.country,
    )


def _airline(airline: Airline) -> Party:
    organisation = airline.organisation
    return Party(
        code=organisation.code,
        name=organisation.name,
        name_zh=organisation.name_zh,
        iata_code=airline.iata_code,
        icao_code=airline.icao_code,
        country=organisation.country,
    )
