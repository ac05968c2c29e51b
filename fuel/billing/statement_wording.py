"""How a statement says what its figures are reckoned from, on its page and in its printed forms."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from fuel.billing.statement_content import DutyPaidBasis, PriceBasis, Quote
from registry.wording import local_time_text, money_text, price_text


def how_reckoned() -> list[str]:
    """The rules by which a reader reckons every line again, each figure rounded half up before the next."""
    return [
        _(
            "Price per tonne = index × barrels per tonne + differential × barrels per tonne + into-plane fee; what is"
            " quoted per tonne is not multiplied. The index is the mean of its quotes, to 0.001."
        ),
        _("Net = price per tonne × kg / 1000; VAT = net × VAT rate; total = net + VAT, each to 0.01."),
        _("What is charged by hand states its net amount and what it is for; it has no quantity and saves nothing."),
        _(
            "Saving = the duty-paid price of the same tonnes less the total in CNY. Both have the into-plane fee in"
            " them: to a duty-paid price without it, the fee is added at the rate of exchange. A duty-paid uplift saves"
            " nothing."
        ),
    ]


def quotes_told(quotes: Iterable[Quote]) -> str:
    """Every quote of an average with its day, such as “2026-05-28 91.50 · 2026-05-29 92.37”."""
    return " · ".join(f"{one.quoted_date} {price_text(one.price)}" for one in quotes)


def price_bases_told(bases: Iterable[PriceBasis], currency: str) -> list[tuple[str, str, str]]:
    """Of each average how it is called, what it came to, and its quotes."""
    return [
        (one.price_basis, per_unit(one.index_price, currency, one.index_unit), quotes_told(one.quotes)) for one in bases
    ]


def duty_paid_told(bases: Iterable[DutyPaidBasis]) -> list[tuple[str, str, str]]:
    """Of each duty-paid price since when it holds, what it is, and where it is from."""
    return [
        (
            local_time_text(one.from_date),
            f"{money_text(one.cny_per_tonne, 'CNY')}/t",
            f"{one.source} ({_('with the into-plane fee') if one.has_fee else _('without the into-plane fee')})",
        )
        for one in bases
    ]


def per_unit(price: Decimal | None, currency: str, unit: str) -> str:
    """A price with its currency and unit, such as “103.368 USD/bbl”."""
    told = price_text(price, currency)
    return f"{told}/{unit}" if told and unit else told


def vat_rate_told(rate: Decimal | None) -> str:
    """A rate as a percentage, such as “13 %”; empty where it was not kept."""
    return "" if rate is None else f"{(rate * 100).normalize():f} %"
