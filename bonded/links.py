"""The warehouse's links in the side navigation, beside those of its documents."""

from django.utils.translation import gettext_lazy as _

from registry.navigation import STAFF, Item, add_links

GOODS = (
    Item(_("Stock"), "bonded:stock", "stack-2", STAFF, "s", place=140),
    Item(_("Goods in suspense"), "bonded:suspense_list", "scale", STAFF, place=150),
    Item(_("Lots"), "bonded:lot_list", "tags", STAFF, "l", place=160),
)


def register_links() -> None:
    """From the ready() of this app."""
    add_links("goods", *GOODS)
