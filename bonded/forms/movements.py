"""What is filled in to move goods between bins and to count them."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from bonded.forms.fields import (
    BookField,
    DocumentForm,
    SiteField,
    bin_field,
    item_field,
    lot_field,
    moment_field,
    quantity_field,
)
from bonded.operations.documents import POSTERS
from registry.lines import LineFormSet
from registry.models import Place, User
from registry.rules import sites_where


class RelocationForm(DocumentForm):
    site = SiteField()
    occurred_at = moment_field(_("Moved"))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)


class RelocationLineForm(forms.Form):
    """Location first, then the lot, then where it goes and how much."""

    from_place = bin_field(_("From bin"))
    lot = lot_field()
    to_place = bin_field(_("To bin"))
    quantity = quantity_field()


RelocationLines = formset_factory(RelocationLineForm, formset=LineFormSet, extra=3, can_delete=True, max_num=500)


class BinsField(forms.ModelMultipleChoiceField):
    """Open bins at the sites where the user posts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Bins"), **kwargs})

    def offer_to(self, user: User) -> None:
        places = Place.objects.physical().filter(site__in=sites_where(user, *POSTERS), is_open=True)
        self.queryset = places.select_related("site").order_by("site", "code")

    def label_from_instance(self, place: Place) -> str:
        return f"{place.site.code} {place.code} {place.name}"


class StockCountForm(DocumentForm):
    site = SiteField()
    book = BookField()
    places = BinsField()
    counted_as_of = moment_field(
        _("Counted as of"), help_text=_("Work in the bins rests from this moment on. Empty means now.")
    )
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)


class CountedLineForm(forms.Form):
    """One item in one bin as somebody found it."""

    place = bin_field(_("Bin"))
    item = item_field()
    quantity = quantity_field(label=_("Counted quantity"))


CountedLines = formset_factory(CountedLineForm, formset=LineFormSet, extra=0, can_delete=True, max_num=2000)
