"""The page by which what a corrected quote has made wrong is credited and charged again."""

from typing import Any

from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.form_fields import DocumentForm, SiteField
from fuel.billing.statement_tables import MisquotedTable
from fuel.models import Charge, IndexQuote
from fuel.operations.quote_corrections import Misquoted, misquoted, rebill_misquoted
from registry.models import Role, Site
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.pages import ActPage, Link, Text
from registry.rules import sites_where


class RebillForm(DocumentForm):
    site = SiteField(roles=(Role.SUPERVISOR,))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class IndexQuoteRebill(ActPage):
    """Charges that were reckoned from another price are listed, and corrected together, each for its own airline."""

    model = IndexQuote
    readers = KEEPERS_OF_MASTER_DATA
    form_class = RebillForm
    button = gettext_lazy("Credit and charge again")
    template_name = "fuel/index_quote_rebill.html"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("index")

    def get_title(self) -> Text:
        return _("Charges calculated from another price of %(quote)s") % {"quote": self.object}

    def may_act(self) -> bool:
        return Role.SUPERVISOR in self.roles

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def back(self) -> Link:
        return Link(str(self.object), self.object.get_absolute_url())

    @cached_property
    def found(self) -> list[Misquoted]:
        sites: list[Site] = list(sites_where(self.user, Role.SUPERVISOR).select_related("zone").order_by("code"))
        return [one for site in sites for one in misquoted(quote=self.object, site=site, at=self.now)]

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(misquoted=MisquotedTable(self.found), is_any=bool(self.found), **more)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> list[Charge]:
        return rebill_misquoted(quote=self.object, actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: list[Charge]) -> Text:
        airlines = {charge.airline_id for charge in outcome}
        words = {"charges": len(outcome), "airlines": len(airlines)}
        return _("%(charges)s charges wait for the next statements of %(airlines)s airlines.") % words

    def success_url(self, outcome: list[Charge]) -> str:
        found: str = self.object.get_absolute_url()
        return found
