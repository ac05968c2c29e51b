"""The tax on what a tank has lost beyond its tolerance."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal

from customs.duty import assess, rates_of
from documents.operations.shares import shares_of
from fuel.gain_loss import THOUSANDTH, Turnover, tolerated_kg
from fuel.models import TankLoss, TankReconciliation
from fuel.operations.tank_stock import DrawnLot, riding_of_drawn
from ledger.postings import CustomsStatus
from ledger.queries import lots
from registry.queries import tariff_rates_for


def assess_beyond_tolerance(reconciliation: TankReconciliation, lost: Sequence[DrawnLot], day: date) -> list[TankLoss]:
    """Keep the tax payable on bonded fuel that a tank has lost beyond the tolerance; none of it within.

    The oldest lots bear the tolerated part. Call it before the loss is posted, with the tank locked.

    Args:
        lost: what of which bonded lot is lost, the oldest first.
        day: whose rates count.
    Raises:
        NoTariffRate: a lot has no rate on the day.
    Source: Customs Law of the PRC (2021), article 38.
    """
    tolerated = tolerated_bonded_kg(reconciliation)
    parts: list[tuple[DrawnLot, Decimal]] = []
    for one in lost:
        excused_kg = min(one.mass_kg, tolerated)
        tolerated -= excused_kg
        if one.mass_kg > excused_kg:
            parts.append((one, one.mass_kg - excused_kg))
    known = lots().in_bulk([one.lot_id for one, _kg in parts])
    taxed = [(known[one.lot_id].tariff_code, known[one.lot_id].origin) for one, _kg in parts]
    found = tariff_rates_for(taxed, day, field="gain_loss_kg")
    riding = riding_of_drawn(reconciliation.tank, [one for one, _kg in parts])
    rows = []
    for number, ((one, taxed_kg), tariff_rate, whole) in enumerate(zip(parts, found, riding, strict=True), start=1):
        rates = rates_of(tariff_rate)
        row = TankLoss(
            reconciliation=reconciliation,
            row=number,
            lot_id=one.lot_id,
            lost_mass_kg=one.mass_kg,
            tolerated_mass_kg=one.mass_kg - taxed_kg,
            taxed_mass_kg=taxed_kg,
            rates_date=day,
        )
        share = next(shares_of(whole, [kg for kg in (taxed_kg, one.mass_kg - taxed_kg) if kg]))
        row.take(assess(value_cny=share.customs_value_cny, quantity=taxed_kg, rates=rates), rates)
        rows.append(row)
    return TankLoss.objects.bulk_create(rows)


def tolerated_bonded_kg(reconciliation: TankReconciliation) -> Decimal:
    """What of a tank's bonded loss is excused: its share of what is tolerated of the whole, to the gram below."""
    lines = list(reconciliation.lines.all())
    rule = reconciliation.rule
    whole_kg = tolerated_kg(
        statuses=[
            Turnover(opening_kg=line.opening_kg, receipts_kg=line.receipts_kg, uplifts_kg=line.uplifts_kg)
            for line in lines
        ],
        percent_of_issues=rule.tolerance_percent_of_issues,
        percent_of_throughput=rule.tolerance_percent_of_throughput,
    )
    lost_kg = sum((-line.gain_loss_kg for line in lines if line.gain_loss_kg < 0), Decimal(0))
    bonded_kg = sum(
        (-line.gain_loss_kg for line in lines if line.gain_loss_kg < 0 and line.customs_status == CustomsStatus.BONDED),
        Decimal(0),
    )
    if not bonded_kg:
        return Decimal(0)
    return (whole_kg * bonded_kg / lost_kg).quantize(THOUSANDTH, rounding=ROUND_DOWN)
