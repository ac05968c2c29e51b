"""Loading exchange rates, country groups and tariff rates."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from registry.errors import FieldError
from registry.models import CountryGroup, CountryGroupMember, ExchangeRate, TariffRate, User
from registry.operations.exchange_rates import leap_of
from registry.operations.loading.rows import Cells, Loaded, enter_rows

EXCHANGE_RATE_COLUMNS = ("currency", "valid_from_date", "cny_per_unit", "source")
EXCHANGE_RATE_OPTIONAL_COLUMNS = ("is_confirmed",)
GROUP_COLUMNS = ("code", "name")
GROUP_MEMBER_COLUMNS = ("group", "country", "valid_from_date", "valid_to_date")
TARIFF_RATE_COLUMNS = ("hs_prefix", "origin_group", "valid_from_date", "duty_rate", "vat_rate", "source")
TARIFF_RATE_OPTIONAL_COLUMNS = ("consumption_tax_rate", "consumption_tax_cny_per_unit")
TARIFF_RATE_FIELDS = ("duty_rate", "vat_rate", "consumption_tax_rate", "consumption_tax_cny_per_unit", "source")


@transaction.atomic
def load_exchange_rates(
    *, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = ""
) -> Loaded:
    """Load customs exchange rates (CNY for one unit), each known by its currency and first day.

    A rate that differs by more than 20 % from the one before it needs a yes in `is_confirmed`.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    errors: list[FieldError] = []
    rates = []
    to_confirm: set[int] = set()
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        rates.append(
            ExchangeRate(
                currency=cells.text("currency"),
                valid_from_date=cells.day("valid_from_date"),
                cny_per_unit=cells.number("cny_per_unit"),
                source=cells.text("source"),
            )
        )
        if not cells.yes("is_confirmed"):
            to_confirm.add(number)
    errors += _leaps(rates, to_confirm, refused={error.row for error in errors})
    return enter_rows(
        rates,
        key=["currency", "valid_from_date"],
        fields=["cny_per_unit", "source"],
        actor=actor,
        at=at,
        reason=reason,
        errors=errors,
    )


def _leaps(rates: Sequence[ExchangeRate], to_confirm: set[int], *, refused: set[int | None]) -> list[FieldError]:
    """The rates to be confirmed, each held against the one before it in the file or in the register."""
    numbered = {number: rate for number, rate in enumerate(rates) if number not in refused}
    known = {
        (rate.currency, rate.valid_from_date): rate
        for rate in ExchangeRate.objects.filter(currency__in={rate.currency for rate in numbered.values()})
    }
    same = {number for number, rate in numbered.items() if _is_known(rate, known)}
    known |= {(rate.currency, rate.valid_from_date): rate for rate in numbered.values()}
    before: dict[tuple[str, date], ExchangeRate] = {}
    last: dict[str, ExchangeRate] = {}
    for key in sorted(known):
        if key[0] in last:
            before[key] = last[key[0]]
        last[key[0]] = known[key]
    found = [
        leap_of(rate, before.get((rate.currency, rate.valid_from_date)), row=number)
        for number, rate in numbered.items()
        if number in to_confirm - same and rate.cny_per_unit and rate.cny_per_unit > 0
    ]
    return [error for error in found if error is not None]


def _is_known(rate: ExchangeRate, known: Mapping[tuple[str, date], ExchangeRate]) -> bool:
    present = known.get((rate.currency, rate.valid_from_date))
    return present is not None and present.cny_per_unit == rate.cny_per_unit


@transaction.atomic
def load_country_groups(
    *, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = ""
) -> Loaded:
    """Load groups of countries, each known by its code.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    groups = [CountryGroup(code=row["code"], name=row["name"]) for row in rows]
    return enter_rows(groups, key=["code"], fields=["name"], actor=actor, at=at, reason=reason)


@transaction.atomic
def load_country_group_members(
    *, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = ""
) -> Loaded:
    """Load memberships of country groups, each known by its group, country and first day; both days are included.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    errors: list[FieldError] = []
    groups = {group.code: group.pk for group in CountryGroup.objects.all()}
    members = []
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        members.append(
            CountryGroupMember(
                group_id=cells.the_one_of("group", groups),
                country=cells.text("country"),
                valid_from_date=cells.day("valid_from_date"),
                valid_to_date=cells.day("valid_to_date"),
            )
        )
    return enter_rows(
        members,
        key=["group_id", "country", "valid_from_date"],
        fields=["valid_to_date"],
        actor=actor,
        at=at,
        reason=reason,
        errors=errors,
    )


@transaction.atomic
def load_tariff_rates(
    *, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = ""
) -> Loaded:
    """Load tariff rates, each known by its HS prefix, origin group (empty: every origin) and first day.

    Rates are fractions; the specific consumption tax is CNY per declared unit.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    errors: list[FieldError] = []
    groups = {group.code: group.pk for group in CountryGroup.objects.all()}
    rates = []
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        rates.append(
            TariffRate(
                hs_prefix=cells.text("hs_prefix"),
                origin_group_id=cells.one_of("origin_group", groups),
                valid_from_date=cells.day("valid_from_date"),
                duty_rate=cells.number("duty_rate"),
                vat_rate=cells.number("vat_rate"),
                consumption_tax_rate=cells.number("consumption_tax_rate", default=Decimal(0)),
                consumption_tax_cny_per_unit=cells.number("consumption_tax_cny_per_unit", default=Decimal(0)),
                source=cells.text("source"),
            )
        )
    return enter_rows(
        rates,
        key=["hs_prefix", "origin_group_id", "valid_from_date"],
        fields=TARIFF_RATE_FIELDS,
        actor=actor,
        at=at,
        reason=reason,
        errors=errors,
    )
