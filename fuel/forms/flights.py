"""What is filled in for flights, and a file of tickets or flights."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, SiteField
from registry.errors import RuleBroken
from registry.forms import EncodingField, TableFileField, UppercaseField
from registry.models import Airline, Airport
from registry.uploads import content_of, in_utf8


class AirlineField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Airline.objects.select_related("organisation").order_by("iata_code"),
            **{"label": _("Airline"), **kwargs},
        )


class AirportField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Airport.objects.order_by("iata_code"), **{"label": _("Destination"), **kwargs})


class TicketFileForm(DocumentForm):
    site = SiteField()
    file = TableFileField()
    encoding = EncodingField()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("file"):
            try:
                given["file"] = in_utf8(content_of(given["file"]), encoding=given.get("encoding", ""))
            except RuleBroken as broken:
                self.add_error("encoding", str(broken))
        return given


class FlightForm(DocumentForm):
    site = SiteField()
    airline = AirlineField()
    flight_number = UppercaseField(label=_("Flight"), max_length=10)
    flight_date = forms.DateField(label=_("Flight date"))
    registration = UppercaseField(label=_("Registration"), max_length=10)
    destination = AirportField()
    litres_reported = forms.DecimalField(label=_("Litres by the airline"), required=False)
    source = forms.CharField(label=_("Source"), max_length=120, required=False)
