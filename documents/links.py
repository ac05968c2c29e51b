"""The kinds of document in the side navigation, and what waits for a decision."""

from django.utils.translation import gettext_lazy as _

from documents.kinds import declared_kinds
from registry.navigation import DECIDERS, EVERYBODY, Item, add_links


def register_links() -> None:
    """From the ready() of this app."""
    add_links("approval", Item(_("Approvals"), "documents:approvals", "checks", DECIDERS, "p"))
    add_links("start", Item(_("Notices"), "documents:notice_list", "bell", EVERYBODY, "n", place=10))
    for kind in declared_kinds():
        if kind.section:
            listed_at = f"{kind.namespace}:{kind.name}_list"
            link = Item(kind.title, listed_at, kind.icon, kind.readers, kind.shortcut, place=kind.place)
            add_links(kind.section, link)
