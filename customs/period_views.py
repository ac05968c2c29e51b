"""Pages about closed periods: which they are, what is still open, and closing the next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs import filters, forms, tables
from customs.operations.periods import close_period
from customs.queries import day_to_close_through
from customs.rules import may_close_period
from documents.checklist import CheckResult, run_checklist
from ledger.queries import closed_periods, last_closed_periods
from registry.models import Site
from registry.navigation import REVIEWERS
from registry.pages import ActPage, Link, ListPage, ObjectPage, Text
from registry.wording import local_time_text


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A site and its last closed period; None when it has closed none."""

    site: Site
    period: Any


class PeriodList(ListPage):
    model = Site
    readers = REVIEWERS
    title = gettext_lazy("Periods")
    subtitle = gettext_lazy("Through which day each site is closed.")
    filterset_class = filters.PeriodFilter
    table_class = tables.PeriodTable

    def rows(self, filterset: Any) -> list[PeriodRow]:
        sites = list(super().rows(filterset))
        latest = last_closed_periods(site_ids=[site.pk for site in sites])
        return [PeriodRow(site, latest.get(site.pk)) for site in sites]


class PeriodDetail(ObjectPage):
    """The closed periods of one site, with what was open in each and why it was closed all the same."""

    model = Site
    readers = REVIEWERS
    template_name = "customs/period_detail.html"

    def get_title(self) -> Text:
        return _("Periods of %(site)s") % {"site": self.object.code}

    def get_subtitle(self) -> Text:
        return str(self.object.name)

    def back(self) -> Link:
        return Link(_("Periods"), reverse("customs:period_list"))

    def links(self) -> list[Link]:
        if not may_close_period(self.user, self.object):
            return []
        url = reverse("customs:period_close", args=[self.object.pk])
        return [Link(_("Close a period"), url, icon="lock", tone="primary")]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        site, periods = self.object, closed_periods()
        return self.show(self.context(object=site, periods=list(periods.filter(site=site))))


class PeriodClose(ActPage):
    """The checklist of a day, and closing through it."""

    model = Site
    readers = REVIEWERS
    template_name = "customs/period_close.html"
    form_class = forms.PeriodCloseForm
    button = gettext_lazy("Close the period")
    items_shown_per_check = 50
    items_slice = f":{items_shown_per_check}"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("zone")

    def may_act(self) -> bool:
        return may_close_period(self.user, self.object)

    def get_title(self) -> Text:
        return _("Close a period of %(site)s") % {"site": self.object.code}

    def get_subtitle(self) -> Text:
        return _("Afterwards nothing is posted on or before its last day any more, and it cannot be opened again.")

    def back(self) -> Link:
        return Link(_("Periods"), self._periods_url())

    @cached_property
    def day_form(self) -> forms.PeriodDayForm:
        """The day that is asked about; the usual one when none is asked."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        if "through_date" in asked:
            return forms.PeriodDayForm(asked, auto_id="day_%s")
        usual = {"through_date": day_to_close_through(site=self.object, at=self.now)}
        return forms.PeriodDayForm(usual, auto_id="day_%s")

    @cached_property
    def day(self) -> date | None:
        return self.day_form.cleaned_data["through_date"] if self.day_form.is_valid() else None

    @cached_property
    def results(self) -> list[CheckResult]:
        return run_checklist(site=self.object, through_date=self.day) if self.day else []

    def initial(self) -> dict[str, Any]:
        return {"through_date": self.day}

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(
            day=self.day,
            day_form=self.day_form,
            found=[result for result in self.results if result.items],
            in_order=[result for result in self.results if not result.items],
            **more,
        )

    def act(self, form: Any, rows: list[dict[str, Any]]) -> date:
        day: date = form.cleaned_data["through_date"]
        close_period(
            site=self.object,
            through_date=day,
            explanation=form.cleaned_data["explanation"],
            actor=self.user,
            at=self.now,
        )
        return day

    def success_message(self, outcome: date) -> str:
        return _("%(site)s is closed through %(day)s.") % {
            "site": self.object.code,
            "day": local_time_text(outcome),
        }

    def success_url(self, outcome: date) -> str:
        return self._periods_url()

    def _periods_url(self) -> str:
        return reverse("customs:period_detail", args=[self.object.pk])
