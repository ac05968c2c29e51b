"""What is filled in to issue the statements of every airline."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, SiteField
from fuel.forms.prices import SUPERVISOR


class StatementRunForm(DocumentForm):
    site = SiteField(roles=SUPERVISOR)
    from_date = forms.DateField(label=_("From"))
    through_date = forms.DateField(label=_("Through"))
    remark = forms.CharField(
        label=_("Remark"), max_length=400, required=False, help_text=_("Stands on every statement of the run.")
    )
