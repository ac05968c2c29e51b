"""The register's links in the side navigation."""

from django.utils.translation import gettext_lazy as _

from registry.navigation import EVERYBODY, KEEPERS_OF_MASTER_DATA, KEEPERS_OF_USERS, Item, add_links

REGISTER = (
    Item(_("Items"), "registry:item_list", "box", KEEPERS_OF_MASTER_DATA, "i", place=10),
    Item(_("Sites"), "registry:site_list", "map-pin", KEEPERS_OF_MASTER_DATA, place=20),
    Item(_("Organisations"), "registry:organisation_list", "building", KEEPERS_OF_MASTER_DATA, place=30),
    Item(_("Airports"), "registry:airport_list", "building-airport", KEEPERS_OF_MASTER_DATA, place=40),
    Item(_("Airlines"), "registry:airline_list", "plane-tilt", KEEPERS_OF_MASTER_DATA, place=50),
    Item(_("Aircraft"), "registry:aircraft_list", "plane-departure", KEEPERS_OF_MASTER_DATA, place=60),
    Item(_("Users"), "registry:user_list", "users", KEEPERS_OF_USERS, "u", place=200),
    Item(_("Exchange rates"), "registry:exchange_rate_list", "coins", KEEPERS_OF_MASTER_DATA, place=210),
    Item(_("Tariff rates"), "registry:tariff_rate_list", "percentage", KEEPERS_OF_MASTER_DATA, place=220),
)


def register_links() -> None:
    """From the ready() of this app."""
    add_links("register", *REGISTER)
    add_links("programs", Item(_("API reference"), "api_docs", "api", EVERYBODY))
