"""Stock and lots in the side navigation, among what has to do with goods."""

from django.utils.translation import gettext_lazy as _

from registry.navigation import STAFF, Item, add_links

GOODS = (
    Item(_("Stock"), "ledger:stock", "stack-2", STAFF, "s", place=140),
    Item(_("Lots"), "ledger:lot_list", "tags", STAFF, "l", place=160),
)


def register_links() -> None:
    """From the ready() of this app."""
    add_links("goods", *GOODS)
