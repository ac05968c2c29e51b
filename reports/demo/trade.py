"""What is traded in the demo year: who deals in what, at which price, and when. All figures are synthetic."""

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from registry.models import Item

# Owners of goods and the chapters of the Harmonized System that each deals in.
OWNERS: dict[str, tuple[str, ...]] = {
    "OWN-ALTYN": ("02", "10", "11", "12", "23"),
    "OWN-SARYM": ("26", "72", "74", "78", "79"),
    "OWN-ZHETI": ("04", "07", "16", "19"),
    "OWN-NAVOI": ("51", "52", "57"),
    "OWN-FERG": ("08", "20"),
    "OWN-OSH": ("04", "08", "41"),
    "OWN-PAMIR": ("26", "76", "81"),
    "OWN-KARA": ("31", "39", "40"),
    "OWN-VOLGA": ("15", "17", "18", "34"),
    "OWN-TAIGA": ("44", "47", "48"),
    "OWN-TBIL": ("22",),
    "OWN-LEON": ("42", "64", "71", "91"),
    "OWN-RHEIN": ("30", "90"),
    "OWN-SEINE": ("33", "22"),
    "OWN-FJORD": ("03", "06"),
    "OWN-KIWI": ("04", "21"),
    "OWN-JUNG": ("25", "27", "28", "69", "70"),
    "OWN-TARIM": ("54", "60", "61", "62", "63"),
    "OWN-BOGDA": ("84", "87"),
    "OWN-TPAN": ("85", "94"),
    "OWN-YILI": ("61", "85", "95"),
    "OWN-SILK": ("87", "40"),
}

# Which owners a site serves, and how busy it is against the others.
SITES: dict[str, tuple[tuple[str, ...], float]] = {
    "HRS": (("OWN-ALTYN", "OWN-ZHETI", "OWN-BOGDA", "OWN-FERG", "OWN-YILI", "OWN-VOLGA"), 1.7),
    "AKL": (("OWN-SARYM", "OWN-TAIGA", "OWN-TARIM", "OWN-SILK", "OWN-KARA"), 1.3),
    "YRK": (("OWN-OSH", "OWN-FERG", "OWN-TARIM"), 0.7),
    "TRT": (("OWN-OSH", "OWN-PAMIR", "OWN-BOGDA"), 0.6),
    "URM": (("OWN-JUNG", "OWN-TPAN", "OWN-SILK", "OWN-SEINE", "OWN-TBIL"), 1.3),
    "URC": (("OWN-RHEIN", "OWN-LEON", "OWN-FJORD", "OWN-SEINE", "OWN-KIWI"), 1.0),
    "KHG": (("OWN-NAVOI", "OWN-PAMIR", "OWN-YILI"), 0.8),
    "BKT": (("OWN-ALTYN", "OWN-TAIGA", "OWN-VOLGA"), 0.6),
}

# USD a kilogram by chapter, before a spread of a third either way.
USD_PER_KG = {
    "02": "6.2", "03": "9.5", "04": "4.4", "05": "3.1", "06": "7.0", "07": "0.9", "08": "5.2", "09": "6.8",
    "10": "0.34", "11": "0.45", "12": "0.8", "15": "1.3", "16": "5.5", "17": "2.6", "18": "4.9", "19": "5.8",
    "20": "1.6", "21": "14", "22": "6.5", "23": "0.42", "25": "0.12", "26": "0.9", "27": "0.35", "28": "0.8",
    "30": "95", "31": "0.42", "33": "38", "34": "1.7", "39": "1.4", "40": "2.9", "41": "2.2", "42": "26",
    "44": "0.5", "47": "0.7", "48": "0.9", "51": "9", "52": "2.4", "54": "2.1", "57": "11", "60": "5.5",
    "61": "14", "62": "16", "63": "6", "64": "17", "69": "0.6", "70": "0.7", "71": "4200", "72": "0.8",
    "74": "8.6", "76": "2.4", "78": "2.1", "79": "2.7", "81": "9", "84": "11", "85": "19", "87": "9.5",
    "90": "70", "91": "850", "94": "4.2", "95": "7",
}  # fmt: skip

# Months in which more is traded than in others, by chapter; every other month counts 1.
SEASONS: dict[str, dict[int, float]] = {
    "08": {8: 2.0, 9: 2.6, 10: 2.4, 11: 1.8},
    "10": {9: 2.0, 10: 2.2, 11: 1.6},
    "12": {9: 1.8, 10: 1.8},
    "52": {10: 1.8, 11: 2.0, 12: 1.6},
    "84": {3: 1.7, 4: 1.9, 5: 1.6},
    "87": {3: 1.4, 4: 1.5, 11: 1.4},
    "27": {11: 1.8, 12: 2.2, 1: 2.2, 2: 1.7},
    "61": {10: 1.6, 11: 2.4},
    "85": {10: 1.5, 11: 2.2},
    "95": {10: 1.8, 11: 2.6, 12: 1.5},
    "33": {10: 1.5, 11: 2.0},
}
# Around Spring Festival little is declared.
QUIET = {2: 0.6}

CNY_OWNERS = frozenset({"OWN-JUNG", "OWN-TARIM", "OWN-BOGDA", "OWN-TPAN", "OWN-YILI", "OWN-SILK"})
EURO_OWNERS = frozenset({"OWN-LEON", "OWN-RHEIN", "OWN-SEINE"})


@dataclass(frozen=True, slots=True)
class Assortment:
    """What one owner keeps at one site."""

    owner: str
    items: tuple[Item, ...]

    def some(self, chance: random.Random, month: int, most: int) -> list[Item]:
        """A few different items, more likely those in season."""
        weights = [season_of(item, month) for item in self.items]
        wanted = chance.randint(min(2, len(self.items)), min(most, len(self.items)))
        chosen = dict.fromkeys(chance.choices(self.items, weights, k=wanted * 2))
        return list(chosen)[:wanted]


def season_of(item: Item, month: int) -> float:
    """How much of the item is traded in the month, against an ordinary one."""
    return SEASONS.get(item.hs_code_id[:2], {}).get(month, 1.0) * QUIET.get(month, 1.0)


def usd_for(item: Item, quantity: Decimal, chance: random.Random) -> Decimal:
    """A plausible invoice value in USD for a quantity in the item's unit."""
    per_kg = Decimal(USD_PER_KG.get(item.hs_code_id[:2], "5"))
    spread = Decimal(chance.randint(67, 133)) / 100
    value = quantity * item.net_mass_kg_per_unit * per_kg * spread
    return max(value, Decimal(1)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def quantity_of(item: Item, kg: int, chance: random.Random) -> Decimal:
    """About so many kilograms of the item, in round numbers of its unit."""
    units = Decimal(max(1, kg)) * Decimal(chance.randint(60, 140)) / 100 / item.net_mass_kg_per_unit
    step = Decimal(50) if units > 2000 else Decimal(10) if units > 200 else Decimal(1)
    return max((units / step).quantize(Decimal(1)) * step, Decimal(1))


def currency_of(owner: str) -> str:
    """What the owner invoices in."""
    return "CNY" if owner in CNY_OWNERS else "EUR" if owner in EURO_OWNERS else "USD"
