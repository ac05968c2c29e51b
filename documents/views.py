"""The inbox of everything that waits for this user's decision."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from documents.inbox import decisions_in_all, longest_waiting, piles_elsewhere
from registry.navigation import DECIDERS
from registry.pages import Page

MOST_SHOWN = 100


class Approvals(Page):
    """What waits for this user's decision, oldest first, each decided with one key."""

    readers = DECIDERS
    title = gettext_lazy("Approvals")
    template_name = "documents/approvals.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting = longest_waiting(user=self.user, most=MOST_SHOWN)
        # Who sees them all need not be told how many there are.
        in_all = decisions_in_all(self.user) if len(waiting) == MOST_SHOWN else len(waiting)
        return self.show(self.context(waiting=waiting, in_all=in_all, elsewhere=piles_elsewhere(self.user)))
