"""What administrators fill in to keep the register."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from registry.encodings import CHOICES
from registry.errors import RuleBroken
from registry.fields import CodeField
from registry.models import (
    Aircraft,
    Airline,
    Airport,
    ExchangeRate,
    HsCode,
    Item,
    Organisation,
    Place,
    PlaceKind,
    Role,
    Site,
    TariffRate,
    Unit,
    User,
)
from registry.models.sites import PHYSICAL_KINDS
from registry.operations.tokens import MOST_DAYS
from registry.uploads import Sheet, as_text, content_of, in_utf8

TIME_ZONES = [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]
LANGUAGES = [("", _("As the browser asks")), *settings.LANGUAGES]


class RegisterForm(forms.ModelForm):
    """A row of the register; when one is corrected it asks why, and remembers which state of it was in view."""

    fields: dict[str, Any]
    reason = forms.CharField(label=_("Reason for the change"), required=False, max_length=200)
    seen_history_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"], self.fields["seen_history_id"]
        else:
            latest = self.instance.history.order_by("-history_id").values_list("history_id", flat=True).first()
            self.fields["seen_history_id"].initial = latest


class UppercaseField(forms.CharField):
    """Countries and currencies: typed in any case."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").upper()


class TableFileField(forms.FileField):
    """A table as a file: CSV or XLSX."""

    widget = forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv,text/plain"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("CSV or XLSX file"), **kwargs})

    # A table that was refused is mended and chosen anew; the old one must not come back by itself.
    is_not_kept = True


class EncodingField(forms.ChoiceField):
    """In which encoding a text file was saved."""

    def __init__(self, **kwargs: Any) -> None:
        usual = {"label": _("Encoding of a text file"), "choices": CHOICES, "required": False}
        super().__init__(**{**usual, **kwargs})


class RowsForm(forms.Form):
    """A table as a file or as pasted rows; a file becomes rows, so that they can be mended in place.

    A subclass has the field `rows` and reads it; what was read is `cleaned_data["sheet"]`.
    """

    file = TableFileField(required=False)
    encoding = EncodingField()

    def sheet_of(self, content: bytes, *, field: str) -> Sheet:
        """Read the table, or raise RuleBroken for the field that it came from."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        field = "file" if given.get("file") else "rows"
        try:
            content = given.get("rows", "").encode()
            if given.get("file"):
                field = "encoding"
                content = in_utf8(content_of(given["file"]), encoding=given.get("encoding", ""))
                field = "file"
            if not content.strip():
                self.add_error(field, _("There is no row. Choose a file, or paste rows."))
                return given
            if given.get("file"):
                # A browser never gives a file back; as text it stays before the eyes.
                data: Any = self.data
                self.data = data = data.copy()
                data["rows"] = as_text(content) or data.get("rows", "")
            given["sheet"] = self.sheet_of(content, field=field)
        except RuleBroken as broken:
            self.add_error(field, str(broken))
        return given


class ItemForm(RegisterForm):
    hs_code = CodeField(
        HsCode.objects.subheadings(), label=_("HS code"), suggest_url=reverse_lazy("registry:hs_code_suggest")
    )
    unit = CodeField(Unit.objects.all(), label=_("Declared unit"), suggest_url=reverse_lazy("registry:unit_suggest"))
    statutory_unit_1 = CodeField(
        Unit.objects.all(),
        label=_("First statutory unit"),
        suggest_url=reverse_lazy("registry:unit_suggest"),
        required=False,
    )
    statutory_unit_2 = CodeField(
        Unit.objects.all(),
        label=_("Second statutory unit"),
        suggest_url=reverse_lazy("registry:unit_suggest"),
        required=False,
    )
    origin = UppercaseField(label=_("Usual origin (two letters of ISO 3166)"), max_length=2, required=False)

    class Meta:
        model = Item
        fields = (
            "zone",
            "code",
            "name",
            "name_zh",
            "hs_code",
            "national_code",
            "unit",
            "net_mass_kg_per_unit",
            "statutory_unit_1",
            "statutory_factor_1",
            "statutory_unit_2",
            "statutory_factor_2",
            "origin",
            "shelf_life_days",
            "needs_licence",
            "needs_preference_proof",
            "is_hazardous",
            "is_perishable",
        )


class OrganisationForm(RegisterForm):
    country = UppercaseField(label=_("Country (two letters of ISO 3166)"), max_length=2, initial="CN")

    class Meta:
        model = Organisation
        fields = ("code", "name", "name_zh", "kind", "country")


class AirportForm(RegisterForm):
    iata_code = UppercaseField(label=_("IATA code"), max_length=3)
    icao_code = UppercaseField(label=_("ICAO code"), max_length=4, required=False)
    country = UppercaseField(label=_("Country (two letters of ISO 3166)"), max_length=2)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=TIME_ZONES, initial="Asia/Shanghai")

    class Meta:
        model = Airport
        fields = ("iata_code", "icao_code", "name", "name_zh", "country", "time_zone")


class AirlineForm(RegisterForm):
    iata_code = UppercaseField(label=_("IATA designator"), max_length=2)
    icao_code = UppercaseField(label=_("ICAO designator"), max_length=3)

    class Meta:
        model = Airline
        fields = ("organisation", "iata_code", "icao_code")


class AircraftForm(RegisterForm):
    registration = UppercaseField(label=_("Registration"), max_length=10)
    type_designator = UppercaseField(label=_("Type (ICAO Doc 8643)"), max_length=4)

    class Meta:
        model = Aircraft
        fields = ("registration", "type_designator", "airline", "tank_capacity_litres")


class SiteForm(RegisterForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=TIME_ZONES, initial="Asia/Shanghai")

    class Meta:
        model = Site
        fields = (
            "zone",
            "code",
            "name",
            "name_zh",
            "organisation",
            "customs_office",
            "kind",
            "regime",
            "un_locode",
            "time_zone",
            "takes_older_exchange_rates",
        )


class PlaceForm(RegisterForm):
    """A bin, tank or store. Boundaries and suspense come with the site, and a place never becomes another kind."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in PlaceKind if kind in PHYSICAL_KINDS]
    )

    class Meta:
        model = Place
        fields = ("code", "kind", "name", "barcode", "capacity_kg", "is_open")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_open"]
            self.fields["barcode"].required = False
            self.fields["barcode"].help_text = _("Left empty, it is made of the codes of site and place.")
        else:
            del self.fields["kind"]


class ExchangeRateForm(RegisterForm):
    currency = UppercaseField(label=_("Currency (three letters of ISO 4217)"), max_length=3)
    is_confirmed = forms.BooleanField(
        label=_("The rate is right though it differs from the last by more than 20 %"), required=False
    )

    class Meta:
        model = ExchangeRate
        fields = ("currency", "valid_from_date", "cny_per_unit", "source")


class TariffRateForm(RegisterForm):
    class Meta:
        model = TariffRate
        fields = (
            "hs_prefix",
            "origin_group",
            "valid_from_date",
            "duty_rate",
            "vat_rate",
            "consumption_tax_rate",
            "consumption_tax_cny_per_unit",
            "source",
        )
        help_texts = {name: _("A fraction: 0.08 is 8 %.") for name in ("duty_rate", "vat_rate", "consumption_tax_rate")}


class UserForm(RegisterForm):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=TIME_ZONES, initial="Asia/Shanghai")

    class Meta:
        model = User
        fields = ("email", "name", "language", "time_zone", "is_active")
        labels = {"is_active": _("May sign in")}
        help_texts = {"is_active": ""}


class MembershipForm(forms.Form):
    """A role of a user; the choices are those that the administrator may grant."""

    fields: dict[str, Any]
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), required=False, empty_label=_("Every site in the organisation's charge")
    )

    def __init__(self, *args: Any, organisations: Any, roles: frozenset[str], sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["role"].choices = [(value, label) for value, label in Role.choices if value in roles]
        self.fields["site"].queryset = sites


def _password_field(label: Any, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, widget=widget, **kwargs)


class UserAddForm(MembershipForm):
    """A person with first password and first role."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=120)
    password = _password_field(_("First password"), help_text=_("At least 12 characters. Tell it to nobody else."))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=TIME_ZONES, initial="Asia/Shanghai")
    field_order = ("email", "name", "password", "language", "time_zone", "organisation", "role", "site")


class PasswordForm(forms.Form):
    password = _password_field(_("New password"), help_text=_("At least 12 characters."))
    again = _password_field(_("The new password again"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned


class OwnPasswordForm(PasswordForm):
    present_password = forms.CharField(
        label=_("Your present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present_password", "password", "again")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)


class SettingsForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=TIME_ZONES)
    gets_decisions_by_mail = forms.BooleanField(
        label=_("E-mail me what was decided on what I submitted"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.SENDS_MAIL:
            del self.fields["gets_decisions_by_mail"]


class TokenForm(forms.Form):
    days = forms.IntegerField(
        label=_("Valid for (days)"), initial=90, min_value=1, max_value=MOST_DAYS, help_text=_("At most a year.")
    )
