"""What is filled in for a delivery ticket: on a tablet at the aircraft, from a file, and what is decided later."""

import base64
import binascii
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, SiteField, moment_field
from fuel.delivery_tickets.operations.entry import WRITTEN, TicketDetails
from fuel.delivery_tickets.operations.exceptions import LONGEST_EXPLANATION
from fuel.delivery_tickets.operations.tickets import Picture
from fuel.forms.flights import AirlineField, AirportField
from fuel.forms.tank_field import TankField
from fuel.models import AttachmentKind, DeliveryTicket, ExceptionKind, Meter, MeterKind
from fuel.models.tickets import DUTY_STATUSES
from fuel.operations.attachments import LARGEST_ATTACHMENT_BYTES, too_large
from fuel.operations.plausibility import ExceptionsUnexplained
from fuel.operations.relief import HOME
from registry.errors import FieldError, RuleBroken
from registry.forms import UppercaseField
from registry.models import Organisation, OrganisationKind, Site, User
from registry.rules import DECIDERS, POSTERS, sites_where
from registry.wording import plain_digits

PNG = "data:image/png;base64,"


class MeterField(forms.ModelChoiceField):
    """A refueller's or hydrant's meter at one of the sites where the user posts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, **{"label": _("Meter"), **kwargs})

    def offer_to(self, user: User, site: Site | None) -> None:
        sites = [site] if site is not None else sites_where(user, *POSTERS)
        meters = Meter.objects.filter(site__in=sites, is_open=True).exclude(kind=MeterKind.RECEIPT)
        self.queryset = meters.order_by("site__code", "code")


class DrawnSignatureField(forms.CharField):
    """A signature as the page draws it: a PNG as data URL; clean gives its bytes."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return b""
        try:
            content = base64.b64decode(text.removeprefix(PNG), validate=True)
        except (binascii.Error, ValueError) as refused:
            raise ValidationError(_("The signature could not be read. Draw it again.")) from refused
        if not text.startswith(PNG) or len(content) > LARGEST_ATTACHMENT_BYTES:
            raise ValidationError(_("The signature could not be read. Draw it again."))
        return content


class PhotoField(forms.FileField):
    """A photo from the tablet's camera or a file; clean gives its bytes."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg", "capture": "environment"})

    def clean(self, value: Any, initial: Any = None) -> Any:
        file = super().clean(value, initial)
        if file and (message := too_large(file.size)):
            raise ValidationError(message)
        return file.read() if file else b""


class SignatureFields(forms.Form):
    signatory = forms.CharField(label=_("Signed for the airline by"), max_length=120, required=False)
    signature = DrawnSignatureField(label=_("Signature"), required=False)
    photo = PhotoField(label=_("Photo of the paper ticket or meter"), required=False)

    @property
    def pictures(self) -> list[Picture]:
        """What was drawn or photographed."""
        kinds = (AttachmentKind.SIGNATURE, AttachmentKind.PHOTO)
        return [Picture(kind=kind, content=content) for kind in kinds if (content := self.cleaned_data.get(kind))]


EXPLAIN = "explain_"


class ExplainedForm(forms.Form):
    """Asks why, once the operation has asked back: a field for each kind of exception that was found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.data:
            if name.startswith(EXPLAIN) and name.removeprefix(EXPLAIN) in ExceptionKind.values:
                self._ask_why(ExceptionKind(name.removeprefix(EXPLAIN)))

    @property
    def explanations(self) -> dict[str, str]:
        """By the kind of exception what the fueller wrote."""
        return {
            name.removeprefix(EXPLAIN): text for name, text in self.cleaned_data.items() if name.startswith(EXPLAIN)
        }

    def asked_back(self, asked: ExceptionsUnexplained) -> RuleBroken:
        """The same refusal, beside a field for each explanation that it asks for."""
        for one in asked.unexplained:
            self._ask_why(one.kind)
        message = _("Something of this delivery is unusual. Correct it, or explain it below and sign again.")
        errors = [FieldError(one.message, field=EXPLAIN + one.kind) for one in asked.unexplained]
        return RuleBroken(str(message), errors=[FieldError(str(message)), *errors])

    def _ask_why(self, kind: ExceptionKind) -> None:
        # As wide as the form, so that the figures and the explanation are read together.
        text = forms.Textarea(attrs={"rows": 2})
        self.fields[EXPLAIN + kind] = forms.CharField(
            label=kind.label, max_length=LONGEST_EXPLANATION, required=False, widget=text
        )

    @property
    def plain_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if not field.name.startswith(EXPLAIN)]

    @property
    def explanation_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name.startswith(EXPLAIN)]


class TicketForm(ExplainedForm, SignatureFields, DocumentForm):
    site = SiteField()
    vendor = forms.ModelChoiceField(Organisation.objects.none(), label=_("Vendor"))
    ticket_number = forms.CharField(label=_("Ticket number"), max_length=30)
    airline = AirlineField()
    flight_number = UppercaseField(label=_("Flight"), max_length=10)
    flight_date = forms.DateField(label=_("Flight date"), initial=timezone.localdate)
    registration = UppercaseField(label=_("Registration"), max_length=10)
    aircraft_type = UppercaseField(label=_("Aircraft type"), max_length=4, required=False)
    airport = AirportField(label=_("Airport of uplift"))
    destination = AirportField()
    stand = forms.CharField(label=_("Stand"), max_length=10, required=False)
    tank = TankField()
    customs_status = forms.ChoiceField(label=_("Duty status"), choices=DUTY_STATUSES)
    meter = MeterField(required=False)
    meter_start = forms.DecimalField(label=_("Meter start (L)"), required=False)
    meter_end = forms.DecimalField(label=_("Meter end (L)"), required=False)
    litres_observed = forms.DecimalField(
        label=_("or litres delivered"), required=False, help_text=_("Where there is no meter reading.")
    )
    celsius = forms.DecimalField(label=_("Temperature (°C)"), required=False)
    density_at_base = forms.DecimalField(label=_("Density at base (kg/m³)"), required=False)
    requested_litres = forms.DecimalField(label=_("Litres requested"), required=False)
    started_at = forms.DateTimeField(label=_("Fuelling began"), required=False, widget=forms.DateTimeInput)
    delivered_at = moment_field(_("Fuelling ended"))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    field_order: tuple[str, ...] = (
        *("site", "vendor", "ticket_number", "airline", "flight_number", "flight_date", "registration"),
        *("aircraft_type", "airport", "destination", "stand", "tank", "customs_status", "meter", "meter_start"),
        *("meter_end", "litres_observed", "celsius", "density_at_base", "requested_litres", "started_at"),
        *("delivered_at", "remark", "signatory", "photo", "signature"),
    )

    def __init__(self, *args: Any, user: User, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, site=site, **kwargs)
        fields: dict[str, Any] = self.fields
        vendors = Organisation.objects.filter(
            kind__in=[OrganisationKind.WAREHOUSE_KEEPER, OrganisationKind.FUEL_SUPPLIER]
        )
        fields["vendor"].queryset = vendors.order_by("code")
        if site is not None:
            # A document keeps the site whose number it bears.
            del fields["site"]

    def figures(self, *, now: datetime) -> dict[str, Any]:
        given = self.cleaned_data
        written = {name: given[name] for name in WRITTEN if name in given}
        written["delivered_at"] = written["delivered_at"] or now
        site = {"site": given["site"]} if "site" in given else {}
        return {**site, "details": TicketDetails(**written, explanations=self.explanations), "pictures": self.pictures}

    @classmethod
    def of_document(cls, document: DeliveryTicket) -> dict[str, Any]:
        told = {name: getattr(document, name) for name in WRITTEN}
        begins = {name: plain_digits(one) if isinstance(one, Decimal) else one for name, one in told.items()}
        # Metered litres come from the readings again.
        return {**begins, "litres_observed": None} if document.meter_factor is not None else begins


class TicketReplaceForm(TicketForm):
    """A whole ticket, as it ought to have been, and why."""

    reason = forms.CharField(
        label=_("What is wrong"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever disputed it reads this."),
    )
    evidence = forms.CharField(
        label=_("What shows the corrected figures"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as the meter's log, the airline's record or the paper ticket."),
    )
    photo = PhotoField(label=_("Photo of it"), required=False)
    delivered_at = moment_field(_("Fuelling ended"), help_text=_("Left out, it stays as it is."))

    field_order = ("reason", "evidence", "photo", *(name for name in TicketForm.field_order if name != "photo"))

    def figures(self, *, now: datetime) -> dict[str, Any]:
        why = {name: self.cleaned_data[name] for name in ("reason", "evidence")}
        return {**super().figures(now=now), **why}


class TicketSignForm(ExplainedForm, SignatureFields):
    field_order = ("signatory", "photo", "signature")

    def figures(self, *, now: datetime) -> dict[str, Any]:
        signatory = self.cleaned_data["signatory"]
        return {"signatory": signatory, "pictures": self.pictures, "explanations": self.explanations}


class TicketMatchForm(forms.Form):
    reason = forms.CharField(
        label=_("What explains the exceptions"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed only where something does not fit."),
    )


class ReclassifyForm(forms.Form):
    destination = AirportField(label=_("Where the flight went instead"))
    declaration_number = forms.CharField(
        label=_("Domestic declaration number"),
        max_length=40,
        required=False,
        help_text=_("Of the declaration on which tax was paid."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["destination"].queryset = fields["destination"].queryset.filter(country=HOME)


class MatchAllForm(DocumentForm):
    site = SiteField(roles=DECIDERS)
    through_date = forms.DateField(label=_("Flights through"))
