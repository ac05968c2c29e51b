"""The start page: to each role what waits for them, and how the goods stand."""

from datetime import timedelta
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded import queries
from documents.inbox import piles_elsewhere, piles_to_decide
from documents.kinds import url_of
from documents.reversals.queries import recent_reversals
from documents.work import oldest_work, work_waiting
from ledger.queries import (
    Grouping,
    StockList,
    StockQuestion,
    customs_day,
    day_after,
    first_days_of_months,
    last_closed_periods,
    month_totals,
    time_limits,
)
from registry.models import ExchangeRate, Item, Role, Site, User
from registry.navigation import DECIDERS, REVIEWERS, STAFF
from registry.pages import Link, Page
from registry.wording import local_time_text
from reports.start_airline import airline_parts
from reports.start_figures import (
    Card,
    Month,
    OpenDocument,
    address,
    limit_cards,
    month_of,
    months_chart,
    payment_card,
    site_address,
    sites_chart,
    stock_cards,
    work_card,
)

MONTHS = 12
MOST_DOCUMENTS = 10
MOST_SITES = 50


class Start(Page):
    """Everybody arrives here, also people without a role; each part asks its own few questions."""

    readers: ClassVar[frozenset[Role]] = frozenset()
    title = gettext_lazy("Start")
    template_name = "reports/start.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        parts: dict[str, Any] = {}
        if self.roles & {Role.OPERATOR, Role.SUPERVISOR}:
            parts |= self._work()
        if self.roles & DECIDERS:
            parts |= self._decisions()
        if self.roles & STAFF:
            parts |= self._stock()
        if self.roles & REVIEWERS:
            parts |= self._review()
        if Role.ADMINISTRATOR in self.roles:
            parts |= self._administration()
        if Role.AIRLINE in self.roles:
            parts |= airline_parts(user=self.user, today=customs_day(self.now), months=MONTHS)
        return self.show(self.context(**parts))

    @cached_property
    def now(self) -> Any:
        return timezone.now()

    @cached_property
    def sites(self) -> list[Site]:
        return list(Site.objects.visible_to(self.user).order_by("code"))

    def _work(self) -> dict[str, Any]:
        waiting = work_waiting(user=self.user)
        oldest = oldest_work(user=self.user, most=MOST_DOCUMENTS)
        return {
            "is_posting": True,
            "work": [
                *(work_card(one) for one in waiting if one.number),
                *(payment_card(one) for one in queries.payments_waiting(user=self.user) if one.number),
            ],
            "oldest": [OpenDocument(row, row._meta.verbose_name, row.get_absolute_url()) for row in oldest],
        }

    def _decisions(self) -> dict[str, Any]:
        piles = [*piles_to_decide(self.user), *piles_elsewhere(self.user)]
        cards = [Card(pile.label, pile.number, pile.url, pile.icon) for pile in piles]
        if releases := queries.releases_waiting(user=self.user):
            states = [("state", state) for state in ("accepted", "picked", "passed")]
            url = address("bonded:withdrawal_list", states)
            cards.append(Card(_("Withdrawals to release"), releases, url, "circle-check"))
        return {"is_deciding": True, "decisions": cards, "approvals_url": address("documents:approvals")}

    def _stock(self) -> dict[str, Any]:
        by_site = StockList(StockQuestion(site_ids=[site.pk for site in self.sites]), Grouping.SITE)
        limits = time_limits(user=self.user, at=self.now)
        months = self._months()
        rows = by_site.order_by("-customs_value_cny")[:MOST_SITES]
        addresses = [site_address(row) for row in rows]
        return {
            "is_staff": True,
            "stock": stock_cards(by_site.totals),
            "limits": limit_cards(limits),
            "months": months,
            "months_chart": months_chart(months),
            "sites": list(zip(rows, addresses, strict=True)),
            "sites_chart": sites_chart(rows, addresses),
        }

    def _months(self) -> list[Month]:
        """The last twelve months, the present one last; those in which nothing moved too."""
        first_days = first_days_of_months(customs_day(self.now), MONTHS)
        if not self.sites:
            return []
        began_at = day_after(day=first_days[0] - timedelta(days=1), zone_id=self.sites[0].zone_id)
        totals = month_totals(site_ids=[site.pk for site in self.sites], from_moment=began_at)
        return [month_of(first_day, totals) for first_day in first_days]

    def _review(self) -> dict[str, Any]:
        latest = last_closed_periods(site_ids=[site.pk for site in self.sites])
        ways = (
            Link(_("Reconciliation"), address("reports:reconciliation"), "scale"),
            Link(_("Account books"), address("customs:account_book_list"), "book-2"),
            Link(_("Guarantees"), address("customs:guarantee_list"), "shield-check"),
            Link(_("Movements of the account books"), address("reports:book_movements"), "arrows-exchange"),
            Link(_("Lots"), address("ledger:lot_list"), "tags"),
        )
        reversals = recent_reversals(user=self.user, most=MOST_DOCUMENTS)
        return {
            "is_reviewing": True,
            "periods": [
                (site, latest.get(site.pk), address("customs:period_detail", pk=site.pk)) for site in self.sites
            ],
            "reports": [way for way in ways if way.url],
            "reversals": [(row, url_of(kind=row.document_kind, document_id=row.document_id)) for row in reversals],
        }

    def _administration(self) -> dict[str, Any]:
        latest_rate = ExchangeRate.objects.order_by("-valid_from_date").first()
        return {
            "is_administering": True,
            "register": [
                Card(
                    _("Users who may sign in"),
                    User.objects.visible_to(self.user).filter(is_active=True).count(),
                    reverse("registry:user_list"),
                    "users",
                ),
                Card(_("Items"), Item.objects.visible_to(self.user).count(), reverse("registry:item_list"), "box"),
                Card(_("Sites"), len(self.sites), reverse("registry:site_list"), "map-pin"),
                Card(
                    _("Latest exchange rates"),
                    local_time_text(latest_rate.valid_from_date) if latest_rate else _("none"),
                    reverse("registry:exchange_rate_list"),
                    "coins",
                ),
            ],
        }
