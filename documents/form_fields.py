"""Fields that the forms of documents share: sites and account books where one posts, lots and bins by their code."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.queries import lots
from registry.fields import CodeField
from registry.lines import LineFormSet
from registry.models import Item, Organisation, Place, Role, Site, User
from registry.rules import POSTERS, sites_where
from registry.wording import plain_digits


class SiteField(forms.ModelChoiceField):
    """One of the sites at which the user posts documents, or has another role; chosen beforehand when there is one."""

    def __init__(self, *, roles: Sequence[Role] = POSTERS, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Site"), **kwargs})
        self.roles = roles

    def offer_to(self, user: User, site: Site | None) -> None:
        self.queryset = sites_where(user, *self.roles).select_related("zone").order_by("code")
        self.initial = only_one(self.queryset)


class BinField(CodeField):
    """An open bin or store where the user posts, by its barcode or by its code at the document's site."""

    default_error_messages = {
        "several": _("“%(value)s” stands at several sites. Scan the barcode of the bin that you mean."),
    }

    def __init__(self, label: str | Promise, **kwargs: Any) -> None:
        super().__init__(
            Place.objects.none(),
            to_field_name="barcode",
            label=label,
            suggest_url=reverse_lazy("ledger:bin_suggest"),
            **kwargs,
        )
        self.widget.attrs |= {"data-scan": "bin", "data-suggest-with": "site book"}

    def offer_to(self, user: User, site: Site | None) -> None:
        places = Place.objects.physical().filter(is_open=True).select_related("site")
        self.queryset = places.filter(site=site) if site else places.filter(site__in=sites_where(user, *POSTERS))
        _suggest_at(self, site)

    def to_python(self, value: Any) -> Place | None:
        if value in self.empty_values:
            return None
        code = str(value).strip()
        places: Any = self.queryset
        found: list[Place] = list(places.filter(Q(barcode__iexact=code) | Q(code__iexact=code))[:3])
        exact = [place for place in found if place.barcode.casefold() == code.casefold()] or found
        if len(exact) == 1:
            return exact[0]
        kind = "several" if exact else "invalid_choice"
        raise ValidationError(self.error_messages[kind], code=kind, params={"value": code})


class LotField(CodeField):
    """A lot of a site where the user posts, by its number; suggestions are what is free there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            lots().none(),
            to_field_name="number",
            suggest_url=reverse_lazy("ledger:free_lot_suggest"),
            **{"label": _("Lot"), **kwargs},
        )
        self.widget.attrs |= {"data-scan": "lot", "data-suggest-with": "site book owner"}

    def offer_to(self, user: User, site: Site | None) -> None:
        mine = lots().select_related("unit", "item__unit")
        self.queryset = mine.filter(site=site) if site else mine.filter(site__in=sites_where(user, *POSTERS))
        _suggest_at(self, site)


def item_field(**kwargs: Any) -> CodeField:
    field = CodeField(
        Item.objects.select_related("unit", "hs_code"),
        **{"label": _("Item"), "suggest_url": reverse_lazy("registry:item_suggest"), **kwargs},
    )
    field.widget.attrs["data-scan"] = "item"
    return field


def owner_field() -> CodeField:
    return CodeField(
        Organisation.objects.all(), label=_("Goods owner"), suggest_url=reverse_lazy("ledger:owner_suggest")
    )


def quantity_field(**kwargs: Any) -> forms.DecimalField:
    field = forms.DecimalField(**{"label": _("Quantity"), **kwargs})
    field.widget.attrs["data-scan"] = "quantity"
    return field


def moment_field(label: Any, *, help_text: Any = "") -> forms.DateTimeField:
    """A moment in the reader's time zone; left empty it is the moment at which the form is sent."""
    return forms.DateTimeField(
        label=label, help_text=help_text or _("Empty means now."), required=False, widget=forms.DateTimeInput
    )


class ActForm(forms.Form):
    """What is filled in for an act."""

    def figures(self, *, now: datetime) -> dict[str, Any]:
        """What was filled in, as arguments of an operation; a moment that was left empty is now."""
        return {
            name: now if value is None and isinstance(self.fields[name], forms.DateTimeField) else value
            for name, value in self.cleaned_data.items()
        }


class DocumentForm(ActForm):
    """A form whose fields offer what this user may choose, at one site where the document has one already."""

    def __init__(self, *args: Any, user: User, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if hasattr(field, "offer_to"):
                field.offer_to(user, site)

    @classmethod
    def of_document(cls, document: Any) -> dict[str, Any]:
        """What the form begins with to say a document anew."""
        told = {name: getattr(document, name) for name in cls.base_fields}
        return {name: plain_digits(value) if isinstance(value, Decimal) else value for name, value in told.items()}


class DocumentLineForm(DocumentForm):
    """A row. One that was filled in beforehand counts as a line until it is taken out, changed or not."""

    # Fields that have a usual value: on their own they do not make a row a line.
    usual: ClassVar[frozenset[str]] = frozenset()
    # Fields that stay as they were filled in beforehand.
    fixed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_prefilled:
            for name in self.fixed:
                self.fields[name].widget.attrs["readonly"] = True

    @property
    def is_prefilled(self) -> bool:
        return bool(self.initial)

    def has_changed(self) -> bool:
        return self.is_prefilled or bool(set(self.changed_data) - self.usual)


class DocumentLines(LineFormSet):
    """Rows that offer what this user may choose."""

    def __init__(self, *args: Any, user: User, site: Site | None = None, **kwargs: Any) -> None:
        form_kwargs = {**(kwargs.pop("form_kwargs", None) or {}), "user": user, "site": site}
        super().__init__(*args, form_kwargs=form_kwargs, **kwargs)


class ReasonForm(forms.Form):
    """Why something is done; whoever prepared the document reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


def figures(row: Any, *names: str) -> dict[str, Any]:
    """The named figures of a row as a form begins with them: 100 and not 100.00000."""
    return {name: None if (value := getattr(row, name)) is None else plain_digits(value) for name in names}


def only_one(queryset: Any) -> Any:
    """The row, where there is no other to choose."""
    found = list(queryset[:2])
    return found[0] if len(found) == 1 else None


def _suggest_at(field: CodeField, site: Site | None) -> None:
    if site is not None:
        field.widget.attrs["data-suggest-url"] = f"{field.suggest_url}?site={site.pk}"
