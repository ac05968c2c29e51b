"""Fields that the warehouse's forms share: sites where one posts, account books, lots and bins by their code."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from bonded.operations.documents import POSTERS
from customs.models import AccountBook
from ledger.queries import lots
from registry.fields import CodeField
from registry.models import Item, Organisation, Place, User
from registry.rules import sites_where


class SiteField(forms.ModelChoiceField):
    """One of the sites at which the user posts documents; chosen beforehand when there is only one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Site"), **kwargs})

    def offer_to(self, user: User) -> None:
        self.queryset = sites_where(user, *POSTERS).select_related("zone").order_by("code")
        found = list(self.queryset[:2])
        if len(found) == 1:
            self.initial = found[0]


class BookField(forms.ModelChoiceField):
    """One of the open account books at the sites where the user posts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Account book"), **kwargs})

    def offer_to(self, user: User) -> None:
        books = AccountBook.objects.filter(site__in=sites_where(user, *POSTERS), closed_date=None)
        self.queryset = books.select_related("site").order_by("number")
        found = list(self.queryset[:2])
        if len(found) == 1:
            self.initial = found[0]

    def label_from_instance(self, book: AccountBook) -> str:
        return f"{book.number} ({book.site.code})"


class DocumentForm(forms.Form):
    """A form of a document: its fields offer what this user may choose."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if hasattr(field, "offer_to"):
                field.offer_to(user)


def item_field() -> CodeField:
    return CodeField(
        Item.objects.select_related("unit", "hs_code"),
        label=_("Item"),
        suggest_url=reverse_lazy("registry:item_suggest"),
    )


def owner_field() -> CodeField:
    return CodeField(
        Organisation.objects.all(), label=_("Goods owner"), suggest_url=reverse_lazy("bonded:owner_suggest")
    )


def lot_field(**kwargs: Any) -> CodeField:
    return CodeField(
        lots().select_related("unit", "item"),
        to_field_name="number",
        label=_("Lot"),
        suggest_url=reverse_lazy("bonded:lot_suggest"),
        **kwargs,
    )


def bin_field(label: Any) -> CodeField:
    return CodeField(
        Place.objects.physical().select_related("site"),
        to_field_name="barcode",
        label=label,
        suggest_url=reverse_lazy("bonded:bin_suggest"),
    )


def quantity_field(**kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(**{"label": _("Quantity"), **kwargs})


def moment_field(label: Any, *, help_text: Any = "") -> forms.DateTimeField:
    """A moment in the reader's time zone; left empty it is the moment at which the form is sent."""
    return forms.DateTimeField(
        label=label, help_text=help_text or _("Empty means now."), required=False, widget=forms.DateTimeInput
    )


class ReasonForm(forms.Form):
    """Why something is done; whoever prepared the document reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
