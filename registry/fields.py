"""Form fields that ask for something in the register by its code."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CodeField(forms.ModelChoiceField):
    """Ask for one row by its code, typed, scanned or pasted; with a script the browser suggests codes.

    Args:
        queryset: the rows that may be chosen.
        to_field_name: the column of the code.
        suggest_url: address answering `?q=` with a JSON list of {"code", "name"}; may be set later on the widget.
    """

    widget = forms.TextInput
    default_error_messages = {"invalid_choice": _("There is nothing with the code “%(value)s”. Check it, or search.")}

    def __init__(self, queryset: QuerySet[Any], *, to_field_name: str = "code", suggest_url: Any = "", **kw: Any):
        self.suggest_url = suggest_url
        super().__init__(queryset, to_field_name=to_field_name, **kw)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = {
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "data-code": "true",
        }
        # A lazy address cannot be asked for its truth before the addresses are known.
        if isinstance(self.suggest_url, Promise) or self.suggest_url:
            attrs["data-suggest-url"] = self.suggest_url
        return attrs

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip() if isinstance(value, str) else value)
