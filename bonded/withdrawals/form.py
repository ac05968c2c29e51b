"""What is filled in to withdraw goods."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bonded.models import Withdrawal, WithdrawalLine, WithdrawalPurpose
from bonded.withdrawals.operations.withdrawals import WithdrawalLineInput
from customs.form_fields import BookField
from customs.models import LotIdentification
from documents.form_fields import (
    ActForm,
    DocumentForm,
    DocumentLineForm,
    DocumentLines,
    LotField,
    figures,
    item_field,
    moment_field,
    owner_field,
    quantity_field,
)
from registry.forms import UppercaseField


class WithdrawalForm(DocumentForm):
    book = BookField()
    owner = owner_field()
    purpose = forms.ChoiceField(label=_("Purpose"), choices=WithdrawalPurpose.choices)
    destination = UppercaseField(
        label=_("Destination country"), max_length=2, required=False, help_text=_("Two letters, for a re-export.")
    )
    declaration_number = forms.CharField(label=_("Customs declaration number"), max_length=40, required=False)
    certificate_number = forms.CharField(
        label=_("Customs certificate number"), max_length=40, required=False, help_text=_("For a destruction.")
    )
    vehicle = forms.CharField(label=_("Vehicle or container"), max_length=60, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    @classmethod
    def of_document(cls, document: Withdrawal) -> dict[str, Any]:
        return {**super().of_document(document), "owner": document.owner.code}


class WithdrawalLineForm(DocumentLineForm):
    item = item_field(required=False)
    quantity = quantity_field()
    identification = forms.ChoiceField(
        label=_("Lot identification"),
        choices=[("", _("As the regime says")), *LotIdentification.choices],
        required=False,
    )
    lot = LotField(label=_("Named lot"), required=False)

    def clean(self) -> dict[str, Any]:
        """A lot that is named is the lot that is meant, and says which item it is of."""
        cleaned = super().clean() or self.cleaned_data
        lot = cleaned.get("lot")
        if lot is not None:
            cleaned["identification"] = LotIdentification.NAMED
            if cleaned.get("item") is None and "item" not in self.errors:
                cleaned["item"] = lot.item
        elif cleaned.get("item") is None and not {"item", "lot"} & set(self.errors):
            self.add_error("item", gettext("Name the item, or a lot of it."))
        return cleaned


class _Lines(DocumentLines):
    @staticmethod
    def lines_of(rows: list[dict[str, Any]]) -> list[WithdrawalLineInput]:
        return [WithdrawalLineInput(**{name: row[name] for name in WithdrawalLineForm.base_fields}) for row in rows]

    @staticmethod
    def of_document(document: Withdrawal) -> list[dict[str, Any]]:
        return [
            {
                "item": line.item.code,
                **figures(line, "quantity"),
                "identification": line.identification,
                "lot": line.lot.number if line.lot else "",
            }
            for line in WithdrawalLine.objects.filter(withdrawal=document).select_related("item", "lot").order_by("row")
        ]


WithdrawalLines = formset_factory(WithdrawalLineForm, formset=_Lines, extra=2, can_delete=True, max_num=500)


class GateForm(ActForm):
    passed_at = moment_field(_("Passed the gate"))
    vehicle = forms.CharField(label=_("Vehicle or container"), max_length=60, required=False)
