"""What the register's lists can be narrowed by."""

from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from registry.models import (
    Aircraft,
    Airline,
    Airport,
    CountryGroup,
    ExchangeRate,
    HsCode,
    Item,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    RegimeCode,
    Role,
    Site,
    SiteKind,
    TariffRate,
    User,
)
from registry.models.sites import SiteQuerySet

YES_OR_NO = [("", _("Any")), ("true", _("Yes")), ("false", _("No"))]


class FoldingFilterSet(filters.FilterSet):
    """Filters of which the rarer ones, named in `folded`, are folded away until one of them is used."""

    folded: ClassVar[tuple[str, ...]] = ()

    @property
    def is_unfolded(self) -> bool:
        return any(self.data.get(name) for name in self.folded) or any(name in self.form.errors for name in self.folded)

    @property
    def form(self) -> Any:
        """A choice of several says what none chosen means, as a choice of one does."""
        form = super().form
        for field in form.fields.values():
            if isinstance(field.widget, forms.SelectMultiple):
                field.widget.attrs.setdefault("data-placeholder", _("Any"))
        return form


class SearchFilterSet(FoldingFilterSet):
    """A search box over the columns in `searched`, beside the list's own filters."""

    searched: ClassVar[tuple[str, ...]] = ("code", "name")

    q = filters.CharFilter(
        method="search", label=_("Search"), widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )

    def search(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Every word has to be somewhere in the searched columns."""
        for word in words.split():
            queryset = queryset.filter(
                Q(*((f"{column}__icontains", word) for column in self.searched), _connector=Q.OR)
            )
        return queryset


def yes_or_no(label: Any, **more: Any) -> filters.TypedChoiceFilter:
    return filters.TypedChoiceFilter(label=label, choices=YES_OR_NO, coerce=lambda word: word == "true", **more)


class CodeFilter(filters.CharFilter):
    """Exactly this code."""


def visible_sites(request: Any) -> SiteQuerySet:
    # The API's schema is drawn up without a request.
    return Site.objects.visible_to(request.user) if request is not None else Site.objects.none()


class CodeChoiceField(filters.fields.ModelChoiceField):
    def __init__(self, *args: Any, code: str = "code", **options: Any) -> None:
        super().__init__(*args, **options)
        self.code = code

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and not value.isdigit():
            value = self.queryset.filter(**{self.code: value}).values_list("pk", flat=True).first() or value
        return super().to_python(value)


@extend_schema_field(OpenApiTypes.STR)
class CodeChoiceFilter(filters.ModelChoiceFilter):
    """One of some rows: pages choose it by its id, programs may write its code, in the column `code`."""

    field_class = CodeChoiceField


class SiteChoiceFilter(CodeChoiceFilter):
    """A site that the user sees."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"queryset": visible_sites, "label": _("Site"), **options})


class ItemFilter(SearchFilterSet):
    searched = ("code", "name", "name_zh", "hs_code__code", "national_code")
    hs_code = filters.CharFilter(field_name="hs_code__code", lookup_expr="startswith", label=_("HS code begins with"))
    origin = filters.CharFilter(lookup_expr="iexact", label=_("Usual origin"))
    needs_licence = yes_or_no(_("Licence required"))
    is_perishable = yes_or_no(_("Perishable"))

    class Meta:
        model = Item
        fields = ()


class HsCodeFilter(SearchFilterSet):
    searched = ("code", "description")

    class Meta:
        model = HsCode
        fields = ()


class SiteFilter(SearchFilterSet):
    searched = ("code", "name", "name_zh", "un_locode")
    kind = filters.ChoiceFilter(choices=SiteKind.choices, label=_("Kind"))
    regime = filters.ChoiceFilter(choices=RegimeCode.choices, label=_("Regime"))

    class Meta:
        model = Site
        fields = ()


class PlaceFilter(SearchFilterSet):
    searched = ("code", "name", "barcode")
    site = SiteChoiceFilter()
    kind = filters.ChoiceFilter(choices=PlaceKind.choices, label=_("Kind"))
    is_open = yes_or_no(_("In use"))

    class Meta:
        model = Place
        fields = ()


class OrganisationFilter(SearchFilterSet):
    searched = ("code", "name", "name_zh")
    kind = filters.ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"))

    class Meta:
        model = Organisation
        fields = ()


class AirportFilter(SearchFilterSet):
    searched = ("iata_code", "icao_code", "name", "name_zh")

    class Meta:
        model = Airport
        fields = ()


class AirlineFilter(SearchFilterSet):
    searched = ("iata_code", "icao_code", "organisation__name", "organisation__name_zh")

    class Meta:
        model = Airline
        fields = ()


class AircraftFilter(SearchFilterSet):
    searched = ("registration", "type_designator", "airline__iata_code")

    class Meta:
        model = Aircraft
        fields = ()


class UserFilter(SearchFilterSet):
    searched = ("name", "email")
    role = filters.ChoiceFilter(field_name="memberships__role", choices=Role.choices, distinct=True, label=_("Role"))
    is_active = yes_or_no(_("May sign in"))

    class Meta:
        model = User
        fields = ()


class ExchangeRateFilter(FoldingFilterSet):
    currency = filters.CharFilter(lookup_expr="iexact", label=_("Currency"))
    valid_from_date = filters.DateFilter(lookup_expr="gte", label=_("Valid from, not before"), widget=forms.DateInput)

    class Meta:
        model = ExchangeRate
        fields = ()


class TariffRateFilter(FoldingFilterSet):
    hs_prefix = filters.CharFilter(lookup_expr="startswith", label=_("HS prefix begins with"))
    origin_group = filters.ModelChoiceFilter(
        queryset=CountryGroup.objects.all(), null_label=_("Every origin"), label=_("Origin group")
    )

    class Meta:
        model = TariffRate
        fields = ()
