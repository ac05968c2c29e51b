"""What is filled in to count goods."""

from datetime import datetime
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from customs.form_fields import BookField
from documents.form_fields import (
    BinField,
    DocumentForm,
    DocumentLineForm,
    DocumentLines,
    item_field,
    moment_field,
    quantity_field,
)
from registry.models import Place, Site, User
from registry.rules import POSTERS, sites_where


class BinsSelect(forms.SelectMultiple):
    """Bins that say their code and barcode, so that one typed or scanned whole is found before its like."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        place = getattr(value, "instance", None)
        if place is not None:
            option["attrs"] |= {"data-code": place.code, "data-barcode": place.barcode}
        return option


class BinsField(forms.ModelMultipleChoiceField):
    """Open bins at the sites where the user posts."""

    widget = BinsSelect(attrs={"data-scan": "bin"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Bins"), **kwargs})

    def offer_to(self, user: User, site: Site | None) -> None:
        places = Place.objects.bins().filter(site__in=sites_where(user, *POSTERS), is_open=True)
        self.queryset = places.select_related("site").order_by("site", "code")

    def label_from_instance(self, place: Place) -> str:
        return f"{place.site.code} {place.code} {place.name}"


class StockCountForm(DocumentForm):
    book = BookField()
    counted_as_of = moment_field(
        _("Counted as of"), help_text=_("Work in the bins rests from this moment on. Empty means now.")
    )
    places = BinsField(required=False, help_text=_("Empty means every open bin of the site."))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        """Without a choice every open bin of the book's site is counted."""
        cleaned = super().clean() or self.cleaned_data
        book, places = cleaned.get("book"), cleaned.get("places")
        if book is None or places is None:
            return cleaned
        elsewhere = [place.code for place in places if place.site_id != book.site_id]
        if elsewhere:
            words = {"bins": ", ".join(elsewhere), "site": book.site.code}
            self.add_error("places", _now("These bins are not at %(site)s: %(bins)s.") % words)
        elif not places:
            cleaned["places"] = Place.objects.bins().filter(site=book.site, is_open=True).order_by("code")
        return cleaned

    def figures(self, *, now: datetime) -> dict[str, Any]:
        given = super().figures(now=now)
        return {**given, "site": given["book"].site, "places": list(given["places"])}


class NotedInput(forms.TextInput):
    """A code with a word about it underneath."""

    template_name = "bonded/noted_input.html"

    def __init__(self, *args: Any, note: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.note = note

    def get_context(self, *args: Any) -> dict[str, Any]:
        return {**super().get_context(*args), "note": self.note}


class CountedLineForm(DocumentLineForm):
    """One item in one bin as somebody found it; what the sheet names stays as it is named."""

    fixed = ("place", "item")

    place = BinField(_("Bin"))
    item = item_field()
    quantity = quantity_field(label=_("Counted quantity"), min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_prefilled:
            item = self.fields["item"]
            item.widget = NotedInput(attrs=item.widget.attrs, note=self.initial.get("note", ""))


CountedLines: Any = formset_factory(CountedLineForm, formset=DocumentLines, extra=0, can_delete=True, max_num=2000)
