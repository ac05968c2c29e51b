"""A reader of a statement who has nothing but one of its files, a page of rules and a pocket calculator.

Nothing of Bondbook is imported here, so that a mistake there is none here.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

LITRES_PER_US_GALLON = Decimal("3.785411784")


def rounded(figure: Decimal, places: str = "0.01") -> Decimal:
    return figure.quantize(Decimal(places), ROUND_HALF_UP)


def recomputed(line: Mapping[str, Any]) -> dict[str, Decimal]:
    """What a line that stands for fuel comes to, from what it says it was reckoned from; figures may be text.

    Args:
        line: with `quotes` as text of days and prices: "2026-05-28=91.5000; 2026-05-29=92.3700".
    """

    def told(name: str) -> Decimal:
        return Decimal(str(line[name]))

    sign = -1 if told("mass_kg") < 0 else 1
    tonnes = abs(told("mass_kg")) / 1000
    rate = told("exchange_rate")
    is_bonded = line["customs_status"] == "bonded"
    added_fee = Decimal(0) if line["duty_paid_has_fee"] == "yes" else told("into_plane_fee")
    figures = {}
    if is_bonded:
        quotes = [Decimal(one.partition("=")[2]) for one in str(line["quotes"]).split("; ")]
        figures["index_price"] = index = rounded(sum(quotes, Decimal(0)) / len(quotes), "0.001")
        per_tonne = {"bbl": told("barrels_per_tonne"), "t": Decimal(1)}
        unit_price = index * per_tonne[line["index_unit"]] + told("into_plane_fee")
        unit_price += told("differential") * per_tonne[line["differential_unit"]]
    else:
        unit_price = told("duty_paid_cny_per_tonne") / rate + added_fee
    figures["unit_price"] = unit_price = rounded(unit_price)
    net = rounded(unit_price * tonnes)
    vat = rounded(net * told("vat_rate"))
    total_cny = rounded((net + vat) * rate)
    duty_paid_cny = total_cny
    if is_bonded:
        duty_paid_cny = rounded((told("duty_paid_cny_per_tonne") + added_fee * rate) * tonnes)
    figures |= {
        "net_amount": sign * net,
        "vat_amount": sign * vat,
        "total_amount": sign * (net + vat),
        "amount_cny": sign * total_cny,
        "duty_paid_cny": sign * duty_paid_cny,
        "saving_total_cny": sign * (duty_paid_cny - total_cny),
        "us_gallons_observed": rounded(told("litres_observed") / LITRES_PER_US_GALLON, "0.001"),
    }
    return figures
