"""What accepting a declaration would mean, before it is done: by the same reckoning that then books it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bonded.models import Admission, AdmissionLine, Withdrawal, WithdrawalPick
from bonded.operations.admissions import assess_lines
from bonded.operations.discharge import TAXED, assess_payable, released_by
from bonded.operations.picking import pick_lots
from customs.models import Guarantee
from customs.operations import documents
from customs.queries import guarantees_used_cny
from registry.errors import RuleBroken
from registry.queries import exchange_rate_dates

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class GuaranteeAfter:
    """What of a guarantee is used now, and would be used and free afterwards, in CNY."""

    number: str
    limit_cny: Decimal
    used_cny: Decimal
    used_after_cny: Decimal

    @property
    def free_after_cny(self) -> Decimal:
        """Below zero where the acceptance would be refused."""
        return self.limit_cny - self.used_after_cny


@dataclass(frozen=True, slots=True)
class AcceptancePreview:
    """The figures that an acceptance would fix on a day, line by line.

    ``lines`` are the lines of an admission, or the picks of a withdrawal, assessed and not saved. ``released_tax_cny``
    is what a withdrawal ceases to suspend once it is discharged. Where it would be refused, ``refused`` says why.
    """

    day: date
    lines: Sequence[Any] = ()
    guarantee: GuaranteeAfter | None = None
    released_tax_cny: Decimal = ZERO
    refused: str = ""

    def _sum(self, name: str) -> Decimal:
        return sum((getattr(line, name) or ZERO for line in self.lines), ZERO)

    @property
    def customs_value_cny(self) -> Decimal:
        return self._sum("customs_value_cny")

    @property
    def duty_cny(self) -> Decimal:
        return self._sum("duty_cny")

    @property
    def consumption_tax_cny(self) -> Decimal:
        return self._sum("consumption_tax_cny")

    @property
    def vat_cny(self) -> Decimal:
        return self._sum("vat_cny")

    @property
    def tax_cny(self) -> Decimal:
        """Duty and taxes of all lines together."""
        return self._sum("tax_cny")


def preview_admission(admission: Admission, *, at: datetime) -> AcceptancePreview:
    """What accepting the admission now would suspend, and what it would leave of the guarantee."""
    return preview_admissions([admission], at=at)[admission.pk]


def preview_admissions(admissions: Sequence[Admission], *, at: datetime) -> dict[int, AcceptancePreview]:
    """The same for many admissions, in as many queries as for one of each site's day; by the admission's id."""
    lines_of: dict[int, list[AdmissionLine]] = {one.pk: [] for one in admissions}
    rows = AdmissionLine.objects.filter(admission__in=lines_of).select_related("item__unit").order_by("row")
    for line in rows:
        lines_of[line.admission_id].append(line)
    guarantees = _guarantees(one.book for one in admissions)
    used = guarantees_used_cny(guarantees=guarantees.values())
    found = {}
    for day, may_be_older in {_rates_of(one, at) for one in admissions}:
        of_day = [one for one in admissions if _rates_of(one, at) == (day, may_be_older)]
        refused = _refusals([lines_of[one.pk] for one in of_day], day, may_be_older=may_be_older)
        dates = exchange_rate_dates({line.currency for one in of_day for line in lines_of[one.pk]}, day)
        for one, why in zip(of_day, refused, strict=True):
            lines = lines_of[one.pk]
            for line in lines:
                line.exchange_rate_date = dates.get(line.currency)  # type: ignore[attr-defined]
            tax_cny = sum((line.tax_cny or ZERO for line in lines), ZERO)
            after = _after(guarantees.get(one.book.guarantee_id), used, tax_cny)
            found[one.pk] = AcceptancePreview(day=day, lines=lines, guarantee=after, refused=why)
    return found


def preview_withdrawal(withdrawal: Withdrawal, *, at: datetime) -> AcceptancePreview:
    """What accepting the withdrawal now would make payable, and what of the guarantee its discharge would free."""
    day = documents.customs_date(withdrawal, at)
    try:
        lines = list(withdrawal.lines.select_related("item__unit").order_by("row"))
        picks: list[WithdrawalPick] = pick_lots(withdrawal, lines, today=day)
        released_by(withdrawal, picks)
        if withdrawal.purpose in TAXED:
            assess_payable(picks, day)
    except RuleBroken as broken:
        return AcceptancePreview(day=day, refused=str(broken))
    released_cny = sum((pick.released_tax_cny for pick in picks), ZERO)
    guarantees = _guarantees([withdrawal.book])
    used = guarantees_used_cny(guarantees=guarantees.values())
    after = _after(guarantees.get(withdrawal.book.guarantee_id), used, -released_cny)
    return AcceptancePreview(day=day, lines=picks, guarantee=after, released_tax_cny=released_cny)


def _rates_of(admission: Admission, at: datetime) -> tuple[date, bool]:
    """By which rates it is assessed: those of a day, of its month alone or of an earlier one too."""
    return documents.customs_date(admission, at), admission.site.takes_older_exchange_rates


def _refusals(of_documents: Sequence[list[AdmissionLine]], day: date, *, may_be_older: bool) -> list[str]:
    """Assess the lines of all documents together; where one has no rate, each on its own, and why not."""
    try:
        assess_lines([line for lines in of_documents for line in lines], day, may_be_older=may_be_older)
    except RuleBroken:
        return [_why_not(lines, day, may_be_older=may_be_older) for lines in of_documents]
    return [""] * len(of_documents)


def _why_not(lines: list[AdmissionLine], day: date, *, may_be_older: bool) -> str:
    try:
        assess_lines(lines, day, may_be_older=may_be_older)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _guarantees(books: Iterable[Any]) -> dict[int | None, Guarantee]:
    ids = {book.guarantee_id for book in books if book.guarantee_id is not None}
    return {guarantee.pk: guarantee for guarantee in Guarantee.objects.filter(pk__in=ids)}


def _after(guarantee: Guarantee | None, used: dict[int, Decimal], more_cny: Decimal) -> GuaranteeAfter | None:
    if guarantee is None:
        return None
    used_cny = used[guarantee.pk]
    return GuaranteeAfter(guarantee.number, guarantee.limit_cny, used_cny, used_cny + more_cny)
