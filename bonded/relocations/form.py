"""What is filled in to move goods between bins."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from bonded.relocations.operations import RelocationLineInput
from documents.form_fields import (
    BinField,
    DocumentForm,
    DocumentLineForm,
    DocumentLines,
    LotField,
    SiteField,
    moment_field,
    quantity_field,
)


class RelocationForm(DocumentForm):
    site = SiteField()
    occurred_at = moment_field(_("Moved"))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)


class RelocationLineForm(DocumentLineForm):
    """Location first, then the lot and how much of it, then where it goes."""

    from_place = BinField(_("From bin"))
    lot = LotField()
    quantity = quantity_field()
    to_place = BinField(_("To bin"))


class RowsMoved(DocumentLines):
    @staticmethod
    def lines_of(rows: list[dict[str, Any]]) -> list[RelocationLineInput]:
        return [RelocationLineInput(**{name: row[name] for name in RelocationLineForm.base_fields}) for row in rows]


RelocationLines = formset_factory(RelocationLineForm, formset=RowsMoved, extra=3, can_delete=True, max_num=500)
