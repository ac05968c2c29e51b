"""What jet fuel costs in the demo year: a quote for every working day, a duty-paid price for every month."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from fuel.operations import contracts

if TYPE_CHECKING:
    from reports.demo.tank_farm import TankFarm

INDEX = "DEMO-JET"
# Contracts that go by the mean of the month before need all of it.
MONTHS_BEFORE = 1
LEAST_USD, MOST_USD = 74.0, 104.0


@dataclass
class Prices:
    """The market as it goes on by itself, the same however much happens at the tank farm."""

    # A story, not a secret.
    chance: random.Random = field(default_factory=lambda: random.Random("bondbook quotes"))  # noqa: S311
    quote_usd_per_barrel: float = 88.0
    next_day: date | None = None


def publish_prices(farm: "TankFarm", *, through: date, at: datetime) -> None:
    """Publish what became known since the last time: quotes of the days before, the price of a month that begins."""
    market = farm.prices
    if market.next_day is None:
        market.next_day = (through.replace(day=1) - timedelta(days=MONTHS_BEFORE)).replace(day=1)
    rows = []
    while market.next_day <= through:
        day = market.next_day
        if day.day == 1:
            _set_duty_paid_price(farm, day, at)
        if day.weekday() < 5 and day < farm.today:
            moved = market.quote_usd_per_barrel + market.chance.gauss(0, 0.9)
            market.quote_usd_per_barrel = min(max(moved, LEAST_USD), MOST_USD)
            price = f"{market.quote_usd_per_barrel:.2f}"
            rows.append({"index": INDEX, "quoted_date": day.isoformat(), "price": price, "source": "synthetic"})
        market.next_day += timedelta(days=1)
    if rows:
        contracts.publish_quotes(rows=rows, actor=None, at=at)


def _set_duty_paid_price(farm: "TankFarm", begins: date, at: datetime) -> None:
    contracts.set_duty_paid_price(
        airport=farm.airport,
        valid_from_date=begins,
        price_cny_per_tonne=Decimal(farm.prices.chance.randint(7650, 8350)),
        source="synthetic, for demonstration",
        actor=None,
        at=at,
    )
