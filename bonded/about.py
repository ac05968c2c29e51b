"""Words for what a decision on a warehouse document comes to, as a line of the inbox has them."""

from decimal import Decimal

from django.utils.translation import gettext as _

from registry.wording import money_text


def value_and_payable(customs_value_cny: Decimal | None, tax_cny: Decimal | None) -> str:
    words = {"value": money_text(customs_value_cny, "CNY"), "tax": money_text(tax_cny, "CNY")}
    return _("customs value %(value)s, payable duty and tax %(tax)s") % words
