"""The field of a form by which a document names its account book."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customs.models import AccountBook
from documents.form_fields import only_one
from registry.models import Site, User
from registry.rules import POSTERS, sites_where


class BookField(forms.ModelChoiceField):
    """One of the open account books at the sites where the user posts; it says which site is meant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Account book"), **kwargs})

    def offer_to(self, user: User, site: Site | None) -> None:
        books = AccountBook.objects.filter(site__in=sites_where(user, *POSTERS), closed_date=None)
        if site is not None:
            books = books.filter(site=site)
        self.queryset = books.select_related("site__zone").order_by("site__code", "number")
        self.initial = only_one(self.queryset)
        if not books.exists():
            self.help_text = _("None of your sites has an open account book.")

    def label_from_instance(self, book: AccountBook) -> str:
        return f"{book.number} · {book.site.code}"
