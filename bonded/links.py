"""The warehouse's link in the side navigation, beside those of its documents."""

from django.utils.translation import gettext_lazy as _

from registry.navigation import STAFF, Item, add_links


def register_links() -> None:
    """From the ready() of this app."""
    add_links("goods", Item(_("Goods in suspense"), "bonded:suspense_list", "scale", STAFF, place=150))
