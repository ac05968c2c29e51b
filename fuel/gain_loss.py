"""Operating gain and loss of a tank: how much it is, whether it is tolerated, and who bears it. Pure figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """One duty status of a tank over some days, in kilograms; everything is above or at zero but transfers,
    status changes and adjustments, which carry their sign."""

    opening_kg: Decimal = Decimal(0)
    receipts_kg: Decimal = Decimal(0)
    defuels_kg: Decimal = Decimal(0)
    transfers_kg: Decimal = Decimal(0)
    status_changes_kg: Decimal = Decimal(0)
    uplifts_kg: Decimal = Decimal(0)
    samples_kg: Decimal = Decimal(0)
    drains_kg: Decimal = Decimal(0)
    adjustments_kg: Decimal = Decimal(0)

    @property
    def book_kg(self) -> Decimal:
        """opening + receipts + defuels ± transfers ± status changes − uplifts − samples − drains ± adjustments."""
        came = self.opening_kg + self.receipts_kg + self.defuels_kg
        changed = self.transfers_kg + self.status_changes_kg + self.adjustments_kg
        return came + changed - self.uplifts_kg - self.samples_kg - self.drains_kg


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLoss:
    """Physical less book, in kilograms and in percent to 0.001; a percentage of nothing is None."""

    book_kg: Decimal
    physical_kg: Decimal
    gain_loss_kg: Decimal
    percent_of_issues: Decimal | None
    percent_of_throughput: Decimal | None

    def is_within(self, *, percent_of_issues: Decimal, percent_of_throughput: Decimal) -> bool:
        """Whether both percentages are tolerated; what is a percentage of nothing is tolerated only when it is nil."""
        if not self.gain_loss_kg:
            return True
        pairs = ((self.percent_of_issues, percent_of_issues), (self.percent_of_throughput, percent_of_throughput))
        known = [(percent, most) for percent, most in pairs if percent is not None]
        return bool(known) and all(abs(percent) <= most for percent, most in known)


def gain_loss_of(*, statuses: Mapping[str, Turnover], physical_kg: Decimal) -> GainLoss:
    """The operating gain (plus) or loss (minus) of a tank.

    Args:
        statuses: what each duty status had and moved.
        physical_kg: by the closing gauge.
    """
    book_kg = sum((one.book_kg for one in statuses.values()), Decimal(0))
    issues_kg = sum((one.uplifts_kg for one in statuses.values()), Decimal(0))
    throughput_kg = sum((one.opening_kg + one.receipts_kg for one in statuses.values()), Decimal(0))
    gain_loss_kg = physical_kg - book_kg
    return GainLoss(
        book_kg=book_kg,
        physical_kg=physical_kg,
        gain_loss_kg=gain_loss_kg,
        percent_of_issues=_percent(gain_loss_kg, issues_kg),
        percent_of_throughput=_percent(gain_loss_kg, throughput_kg),
    )


def tolerated_kg(
    *, statuses: Iterable[Turnover], percent_of_issues: Decimal, percent_of_throughput: Decimal
) -> Decimal:
    """The most that a tank may lose by both percentages, to the gram below; nothing where nothing moved or lay in it.

    Args:
        statuses: what each duty status had and moved.
    """
    known = list(statuses)
    bases = (
        (sum((one.uplifts_kg for one in known), Decimal(0)), percent_of_issues),
        (sum((one.opening_kg + one.receipts_kg for one in known), Decimal(0)), percent_of_throughput),
    )
    most = [base * percent / 100 for base, percent in bases if base > 0]
    return min(most, default=Decimal(0)).quantize(THOUSANDTH, rounding=ROUND_DOWN)


def split(
    *, gain_loss_kg: Decimal, statuses: Mapping[str, Turnover], split_by: str, all_to_status: str = ""
) -> dict[str, Decimal]:
    """Each status' share of gain or loss, to 0.001 kg; the shares are the whole.

    Shared by issues where nothing was issued, it goes by book stock. No status loses more than its book: what it
    cannot bear the others do, so that nothing becomes negative.

    Args:
        split_by: "issues", "book" or "one_status".
        all_to_status: the status that bears all, by "one_status".
    """
    weights = _weights(statuses, split_by, all_to_status)
    shares = _in_proportion(gain_loss_kg, weights)
    if gain_loss_kg >= 0:
        return shares
    too_much = {status: -one.book_kg - shares[status] for status, one in statuses.items()}
    for status, kg in too_much.items():
        if kg > 0:
            shares[status] += kg
            for other in sorted(statuses):
                room = statuses[other].book_kg + shares[other]
                taken = min(kg, room) if other != status else Decimal(0)
                shares[other] -= max(taken, Decimal(0))
                kg -= max(taken, Decimal(0))
    return shares


def _weights(statuses: Mapping[str, Turnover], split_by: str, all_to_status: str) -> dict[str, Decimal]:
    if split_by == "one_status":
        return {status: Decimal(int(status == all_to_status)) for status in {*statuses, all_to_status}}
    if split_by == "issues":
        # What was made void of earlier days counts against the issues, but bears nothing of the other sign.
        by_issues = {status: max(one.uplifts_kg, Decimal(0)) for status, one in statuses.items()}
        if sum(by_issues.values()) > 0:
            return by_issues
    by_book = {status: max(one.book_kg, Decimal(0)) for status, one in statuses.items()}
    if sum(by_book.values()) > 0:
        return by_book
    return {status: Decimal(1) for status in statuses}


def _in_proportion(whole: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Half-up in turn; the last takes what remains."""
    shares: dict[str, Decimal] = {}
    rest, rest_weight = whole, sum(weights.values(), Decimal(0))
    for status in sorted(weights):
        weight = weights[status]
        shares[status] = rest if weight == rest_weight else _to_thousandth(rest * weight / rest_weight)
        rest -= shares[status]
        rest_weight -= weight
    return shares


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return None if whole <= 0 else _to_thousandth(part * 100 / whole)


def _to_thousandth(figure: Decimal) -> Decimal:
    return figure.quantize(THOUSANDTH, rounding=ROUND_HALF_UP)
