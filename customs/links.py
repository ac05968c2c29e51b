"""What customs demands, in the side navigation, beside its documents."""

from django.utils.translation import gettext_lazy as _

from registry.navigation import KEEPERS_OF_MASTER_DATA, REVIEWERS, Item, add_links

CUSTOMS = (
    Item(_("Account books"), "customs:account_book_list", "book-2", KEEPERS_OF_MASTER_DATA, "b", place=320),
    Item(_("Guarantees"), "customs:guarantee_list", "shield-check", KEEPERS_OF_MASTER_DATA, place=330),
    Item(_("Periods"), "customs:period_list", "calendar-check", REVIEWERS, "m", place=340),
    Item(_("Regimes"), "customs:regime_list", "gavel", KEEPERS_OF_MASTER_DATA, place=350),
)


def register_links() -> None:
    """From the ready() of this app."""
    add_links("customs", *CUSTOMS)
