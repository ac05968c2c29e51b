"""What accepting a declaration would mean, before it is done: by the same reckoning that then books it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from bonded.admissions.operations.admissions import assess_lines
from bonded.models import Admission, AdmissionLine, Withdrawal, WithdrawalLine, WithdrawalPick
from bonded.withdrawals.operations.discharge import TAXED, assess_payable, put_released, read_in_book
from bonded.withdrawals.operations.picking import pick_lots
from customs.models import Guarantee
from customs.queries import guarantees_used_cny
from documents.operations import documents
from ledger.queries import free_stock
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
        assess = partial(assess_lines, day=day, may_be_older=may_be_older)
        refused = _refusals([lines_of[one.pk] for one in of_day], assess)
        dates = exchange_rate_dates({line.currency for one in of_day for line in lines_of[one.pk]}, day)
        for one, why in zip(of_day, refused, strict=True):
            lines = lines_of[one.pk]
            for line in lines:
                line.exchange_rate_date = dates.get(line.currency)
            tax_cny = sum((line.tax_cny or ZERO for line in lines), ZERO)
            after = _after(guarantees.get(one.book.guarantee_id), used, tax_cny)
            found[one.pk] = AcceptancePreview(day=day, lines=lines, guarantee=after, refused=why)
    return found


def preview_withdrawal(withdrawal: Withdrawal, *, at: datetime) -> AcceptancePreview:
    """What accepting the withdrawal now would make payable, and what of the guarantee its discharge would free."""
    return preview_withdrawals([withdrawal], at=at)[withdrawal.pk]


def preview_withdrawals(withdrawals: Sequence[Withdrawal], *, at: datetime) -> dict[int, AcceptancePreview]:
    """The same for many withdrawals, each as if it alone were accepted; by the withdrawal's id.

    In as many queries as for one of each account book, owner and day, and some more for each that would be refused.
    """
    day_of = {one.pk: documents.customs_date(one, at) for one in withdrawals}
    picks_of, refused = _pick_all(withdrawals, day_of)
    for day in set(day_of.values()):
        taxed = [one for one in withdrawals if one.pk not in refused and day_of[one.pk] == day and one.purpose in TAXED]
        why = _refusals([picks_of[one.pk] for one in taxed], partial(assess_payable, today=day))
        refused |= {one.pk: words for one, words in zip(taxed, why, strict=True) if words}
    guarantees = _guarantees(one.book for one in withdrawals)
    used = guarantees_used_cny(guarantees=guarantees.values())
    found = {}
    for one in withdrawals:
        if one.pk in refused:
            found[one.pk] = AcceptancePreview(day=day_of[one.pk], refused=refused[one.pk])
            continue
        picks = picks_of[one.pk]
        released_cny = sum((pick.released_tax_cny for pick in picks), ZERO)
        after = _after(guarantees.get(one.book.guarantee_id), used, -released_cny)
        found[one.pk] = AcceptancePreview(
            day=day_of[one.pk], lines=picks, guarantee=after, released_tax_cny=released_cny
        )
    return found


def _pick_all(
    withdrawals: Sequence[Withdrawal], day_of: dict[int, date]
) -> tuple[dict[int, list[WithdrawalPick]], dict[int, str]]:
    """What each would take if it alone were accepted, with what rides on it; or why it would be refused."""
    lines_of: dict[int, list[WithdrawalLine]] = {one.pk: [] for one in withdrawals}
    for line in WithdrawalLine.objects.filter(withdrawal__in=lines_of).select_related("item__unit").order_by("row"):
        lines_of[line.withdrawal_id].append(line)
    alike: dict[tuple[int, int, int], list[Withdrawal]] = defaultdict(list)
    for one in withdrawals:
        alike[one.site_id, one.book.place_id, one.owner_id].append(one)
    picks_of, refused = {}, {}
    for (site_id, book_place_id, owner_id), of_owner in alike.items():
        item_ids = {line.item_id for one in of_owner for line in lines_of[one.pk]}
        stock = free_stock(site_id=site_id, book_place_id=book_place_id, owner_id=owner_id, item_ids=item_ids)
        for one in of_owner:
            try:
                picks_of[one.pk] = pick_lots(one, lines_of[one.pk], today=day_of[one.pk], stock=stock)
            except RuleBroken as broken:
                refused[one.pk] = str(broken)
    in_book = read_in_book((one, picks_of[one.pk]) for one in withdrawals if one.pk in picks_of)
    for one in withdrawals:
        if one.pk not in picks_of:
            continue
        try:
            put_released(one, picks_of[one.pk], in_book)
        except RuleBroken as broken:
            refused[one.pk] = str(broken)
    return picks_of, refused


def _rates_of(admission: Admission, at: datetime) -> tuple[date, bool]:
    """By which rates it is assessed: those of a day, of its month alone or of an earlier one too."""
    return documents.customs_date(admission, at), admission.site.takes_older_exchange_rates


def _refusals(of_documents: Sequence[list[Any]], assess: Callable[[list[Any]], None]) -> list[str]:
    """Assess the lines of all documents together; where one has no rate, each on its own, and why not."""
    try:
        assess([line for lines in of_documents for line in lines])
    except RuleBroken:
        return [_why_not(lines, assess) for lines in of_documents]
    return [""] * len(of_documents)


def _why_not(lines: list[Any], assess: Callable[[list[Any]], None]) -> str:
    try:
        assess(lines)
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
