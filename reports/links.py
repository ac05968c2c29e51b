"""Start page and reports in the side navigation, and where a scanned code leads."""

from django.utils.translation import gettext_lazy as _

from registry.navigation import EVERYBODY, REVIEWERS, Item, add_links, scan_at


def register_links() -> None:
    """From the ready() of this app."""
    add_links("start", Item(_("Start"), "reports:start", "home", EVERYBODY, "h"))
    add_links("reports", Item(_("Reconciliation"), "reports:reconciliation", "scale", REVIEWERS, "x"))
    scan_at("reports:scan")
