"""What is filled in for a dispute: by the airline that objects, and by the supplier that answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fuel.billing.disputes.operations import LONGEST_MESSAGE, Attachment
from fuel.models import DisputeGround
from fuel.operations.attachments import PICTURES_AND_PDF, too_large


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Any number of files; clean gives them as attachments."""

    widget = SeveralFilesInput(attrs={"accept": ",".join(sorted(set(PICTURES_AND_PDF.values())))})

    def clean(self, data: Any, initial: Any = None) -> list[Attachment]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(AttachmentsField, self).clean(one, initial) for one in given]
        for file in files:
            if file and (message := too_large(file.size)):
                raise ValidationError(f"{file.name}: {message}")
        return [Attachment(name=file.name, content=file.read()) for file in files if file]


class MessageForm(forms.Form):
    message = forms.CharField(label=_("Message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 5}))
    attachments = AttachmentsField(
        label=_("Attachments"), required=False, help_text=_("Pictures or PDFs, at most five of 5 MB each.")
    )


class DisputeForm(MessageForm):
    ground = forms.ChoiceField(label=_("What is wrong"), choices=DisputeGround.choices)
    claimed_amount = forms.DecimalField(
        label=_("Claimed amount"),
        required=False,
        help_text=_("With VAT, in the currency of the statement, if you know it."),
    )
    field_order = ("ground", "claimed_amount", "message", "attachments")
