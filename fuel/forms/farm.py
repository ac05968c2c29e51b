"""What is filled in to keep the tank farm: tank groups, tanks, meters, provings, and the rules of measuring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, SiteField, item_field
from fuel.importers import strapping_sheet
from fuel.models import (
    FuelLimits,
    MeasurementBasis,
    Meter,
    MeterProving,
    MovementLimit,
    ReconciliationRule,
    Tank,
    TankGroup,
)
from fuel.models.tickets import DUTY_STATUSES
from registry.forms import RegisterForm, RowsForm
from registry.models import Item, Role, Site, User
from registry.rules import sites_where
from registry.uploads import Sheet

ADMINISTRATOR = (Role.ADMINISTRATOR,)


class TankGroupForm(DocumentForm, RegisterForm):
    site = SiteField(roles=ADMINISTRATOR)

    class Meta:
        model = TankGroup
        fields = ("site", "code", "name", "mode")


class TankGroupChangeForm(RegisterForm):
    class Meta:
        model = TankGroup
        fields = ("name",)


class GroupField(forms.ModelChoiceField):
    """A tank group at one of the sites that the user administers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Tank group"), **kwargs})

    def offer_to(self, user: User, site: Site | None) -> None:
        groups = TankGroup.objects.filter(site__in=sites_where(user, *ADMINISTRATOR))
        self.queryset = groups.select_related("site").order_by("site__code", "code")
        if not groups.exists():
            self.help_text = _("None of your sites has a tank group. Open one first.")

    def label_from_instance(self, group: TankGroup) -> str:
        return f"{group.site.code} {group.code} · {group.get_mode_display()}"


class TankForm(DocumentForm):
    group = GroupField()
    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    product = item_field(label=_("Product"))
    customs_status = forms.ChoiceField(
        label=_("Duty status"),
        choices=[("", _("By book, statuses share the tank")), *DUTY_STATUSES],
        required=False,
        help_text=_("Only in a group that is segregated."),
    )
    safe_fill_m3 = forms.DecimalField(label=_("Safe fill (m³)"), required=False)
    is_slop = forms.BooleanField(
        label=_("Slop tank"), required=False, help_text=_("It takes what is drained. Nothing in it is ever used.")
    )


class TankChangeForm(RegisterForm):
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    is_open = forms.BooleanField(label=_("In use"), required=False)
    field_order = ("name", "safe_fill_m3", "is_open", "reason")

    class Meta:
        model = Tank
        fields = ("safe_fill_m3",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.instance.place
        self.initial.update(name=place.name, is_open=place.is_open)


class MeterForm(DocumentForm, RegisterForm):
    site = SiteField(roles=ADMINISTRATOR)

    class Meta:
        model = Meter
        fields = ("site", "code", "name", "kind", "digits")


class MeterChangeForm(RegisterForm):
    class Meta:
        model = Meter
        fields = ("name", "is_open")


class ProvingForm(forms.ModelForm):
    class Meta:
        model = MeterProving
        fields = ("proved_at", "factor", "certificate_number")
        widgets = {"proved_at": forms.DateTimeInput}


class MeasurementBasisForm(DocumentForm, RegisterForm):
    site = SiteField(roles=ADMINISTRATOR)
    vcf_decimals = forms.TypedChoiceField(
        label=_("Decimals of the volume correction factor"), choices=[(4, "4"), (5, "5")], coerce=int
    )

    class Meta:
        model = MeasurementBasis
        fields = ("site", "valid_from_date", "standard", "vcf_decimals", "base", "mass_in", "agreed_in")


class FuelLimitsChangeForm(RegisterForm):
    class Meta:
        model = FuelLimits
        fields: tuple[str, ...] = (
            *("specification", "density_base", "lowest_density", "highest_density"),
            *("lowest_celsius", "highest_celsius", "largest_uplift_litres"),
        )
        help_texts = {
            "lowest_density": _("Jet A-1 by DEF STAN 91-091: 775.0 at 15 °C; No. 3 jet fuel by GB 6537: 775 at 20 °C."),
            "highest_density": _(
                "Jet A-1 by DEF STAN 91-091: 840.0 at 15 °C; No. 3 jet fuel by GB 6537: 830 at 20 °C."
            ),
            "largest_uplift_litres": _("What is delivered into one aircraft at most."),
        }


class FuelLimitsForm(DocumentForm, FuelLimitsChangeForm):
    site = SiteField(roles=ADMINISTRATOR)
    product = forms.ModelChoiceField(Item.objects.order_by("code"), label=_("Product"))

    class Meta(FuelLimitsChangeForm.Meta):
        fields = ("site", "product", *FuelLimitsChangeForm.Meta.fields)


class ReconciliationRuleForm(DocumentForm, RegisterForm):
    site = SiteField(roles=ADMINISTRATOR)

    class Meta:
        model = ReconciliationRule
        fields = (
            "site",
            "name",
            "valid_from_date",
            "split_by",
            "all_to_status",
            "tolerance_percent_of_issues",
            "tolerance_percent_of_throughput",
        )
        help_texts = {
            "name": _("The same name again makes a new version of the rule."),
            "all_to_status": _("Only where one status bears all."),
        }


class MovementLimitForm(DocumentForm, RegisterForm):
    site = SiteField(roles=ADMINISTRATOR)

    class Meta:
        model = MovementLimit
        fields = (
            "site",
            "valid_from_date",
            "drain_kg_per_act",
            "drain_kg_per_day",
            "sample_kg_per_act",
            "sample_kg_per_day",
        )
        help_texts = {
            "drain_kg_per_act": _("Nothing means that every one needs a second person."),
            "drain_kg_per_day": _("Of all drains of the day that nobody else has approved."),
            "sample_kg_per_day": _("Of all samples of the day that nobody else has approved."),
        }


class StrappingForm(RowsForm):
    """A calibration as rows or as a file."""

    field_order = ("valid_from_date", "certificate_number")

    valid_from_date = forms.DateField(label=_("Valid from"))
    certificate_number = forms.CharField(label=_("Calibration certificate"), max_length=60, required=False)
    rows = forms.CharField(
        label=_("or pasted rows"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "data-no-scan": "true"}),
        help_text=_("Dip in mm and volume in m³, one row to a line, as copied from a spreadsheet."),
    )

    def sheet_of(self, content: bytes, *, field: str) -> Sheet:
        return strapping_sheet(content, field=field)
