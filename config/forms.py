"""How every form of Bondbook is drawn: Tabler's classes and the accessible wiring, set here and nowhere else."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

_UNSTYLED = (forms.HiddenInput, forms.MultiWidget, forms.RadioSelect, forms.CheckboxSelectMultiple)


class BondbookBoundField(BoundField):
    """A field that knows its class, its browser input type and whether it is long enough to be searched."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if isinstance(widget, _UNSTYLED):
            return attrs
        classes = [widget.attrs.get("class", ""), _class_of(widget)]
        if self.errors:
            classes.append("is-invalid")
        attrs["class"] = " ".join(filter(None, classes))
        if isinstance(self.field, forms.DecimalField):
            attrs.setdefault("inputmode", "decimal")
        if isinstance(widget, forms.Select) and not widget.attrs.get("data-plain"):
            attrs.setdefault("data-select", "true")
        return attrs

    def as_widget(self, widget: forms.Widget | None = None, *args: Any, **kwargs: Any) -> SafeString:
        _let_the_browser_offer_a_calendar(widget or self.field.widget)
        return super().as_widget(widget, *args, **kwargs)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)


class BondbookFormRenderer(TemplatesSetting):
    """Draw each field with the one field template, so that every page asks alike."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = BondbookBoundField


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


def _let_the_browser_offer_a_calendar(widget: forms.Widget) -> None:
    """Browsers pick dates only in ISO form, which Django reads in every language."""
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
