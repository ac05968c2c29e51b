"""The tank farm's links in the side navigation, beside those of its documents."""

from django.utils.translation import gettext_lazy as _

from registry.navigation import EVERYBODY, KEEPERS_OF_MASTER_DATA, READERS_OF_TICKETS, STAFF, Item, add_links

FUEL = (
    Item(_("Exceptions of tickets"), "fuel:ticket_exception_list", "alert-triangle", STAFF, place=212),
    Item(_("Flight records"), "fuel:flight_list", "plane", STAFF, place=214),
    Item(_("Statements"), "fuel:fuel_statement_list", "file-invoice", READERS_OF_TICKETS, place=220),
    Item(_("Contracts"), "fuel:contract_list", "contract", READERS_OF_TICKETS, place=240),
    Item(_("Payments"), "fuel:payment_list", "cash-banknote", READERS_OF_TICKETS, place=245),
    Item(_("Consignments"), "fuel:fuel_consignment_list", "train", STAFF, place=250),
    Item(_("Tanks"), "fuel:tank_list", "cylinder", KEEPERS_OF_MASTER_DATA, place=270),
    Item(_("Meters"), "fuel:meter_list", "gauge", KEEPERS_OF_MASTER_DATA, place=275),
    Item(_("Calculator"), "fuel:calculator", "calculator", EVERYBODY, place=290),
)
RULES = (
    Item(_("Tank groups"), "fuel:tank_group_list", "database", KEEPERS_OF_MASTER_DATA, place=110),
    Item(_("Measurement bases"), "fuel:measurement_basis_list", "temperature", KEEPERS_OF_MASTER_DATA, place=115),
    Item(_("Reconciliation rules"), "fuel:reconciliation_rule_list", "adjustments", KEEPERS_OF_MASTER_DATA, place=120),
    Item(
        _("Limits of drains and samples"),
        "fuel:movement_limit_list",
        "shield-check",
        KEEPERS_OF_MASTER_DATA,
        place=125,
    ),
    Item(_("Limits of plausibility"), "fuel:fuel_limits_list", "ruler-measure", KEEPERS_OF_MASTER_DATA, place=130),
    Item(_("Price indices"), "fuel:price_index_list", "chart-line", KEEPERS_OF_MASTER_DATA, place=135),
    Item(_("Index quotes"), "fuel:index_quote_list", "chart-dots", KEEPERS_OF_MASTER_DATA, place=140),
    Item(_("Duty-paid prices"), "fuel:duty_paid_price_list", "receipt-tax", KEEPERS_OF_MASTER_DATA, place=145),
    Item(_("Relief rules"), "fuel:relief_rule_list", "gavel", KEEPERS_OF_MASTER_DATA, place=150),
)


def register_links() -> None:
    """From the ready() of this app."""
    add_links("fuel", *FUEL)
    add_links("register", *RULES)
