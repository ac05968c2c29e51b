"""Contracts, quotes and duty-paid prices for tests; all synthetic."""

from datetime import date
from decimal import Decimal
from typing import Any

from fuel.models import DutyPaidPrice, FuelContract, PriceIndex
from fuel.operations.contracts import open_contract, publish_quotes, set_duty_paid_price
from registry.operations.register import enter_in_register
from tests.bonded.build import exchange_rate
from tests.fuel.build import AT, JANUARY, TankFarm


def price_index(code: str = "MOPS-JET") -> PriceIndex:
    found = PriceIndex.objects.filter(code=code).first()
    return found or enter_in_register(row=PriceIndex(code=code, name="Synthetic index"), actor=None, at=AT)


def quote(day: date, price: str, *, index: str = "MOPS-JET") -> None:
    row = {"index": index, "quoted_date": day.isoformat(), "price": price, "source": "synthetic"}
    publish_quotes(rows=[row], actor=None, at=AT)


def contract(farm: TankFarm, **more: Any) -> FuelContract:
    """The contract of F9."""
    given = {
        "number": "FC-1",
        "site": farm.site,
        "airline": farm.airline,
        "airport": farm.airport,
        "valid_from_date": JANUARY,
        "index": price_index(),
        "averaging": "day_before",
        "differential": Decimal("3.20"),
        "barrels_per_tonne": Decimal("7.90"),
        "into_plane_fee_per_tonne": Decimal("28.50"),
        **more,
    }
    return open_contract(contract=FuelContract(**given), actor=farm.supervisor, at=farm.tick())


def f9(farm: TankFarm, *, index_price: str = "92.37", cny_per_usd: str = "7.1352") -> FuelContract:
    """Everything that F9 is priced with."""
    made = contract(farm)
    for day in (date(2026, 5, 29), date(2026, 6, 1)):
        quote(day, index_price)
    exchange_rate("USD", cny_per_usd)
    # F9 compares with a price that has the into-plane fee in it.
    duty_paid(farm, has_into_plane_fee=True)
    return made


def duty_paid(
    farm: TankFarm, price: str = "7450", *, has_into_plane_fee: bool = False, valid_from: date = JANUARY
) -> DutyPaidPrice:
    return set_duty_paid_price(
        airport=farm.airport,
        valid_from_date=valid_from,
        price_cny_per_tonne=Decimal(price),
        has_into_plane_fee=has_into_plane_fee,
        source="synthetic",
        actor=None,
        at=AT,
    )
