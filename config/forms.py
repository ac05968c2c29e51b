"""How every form of Bondbook is drawn."""

from django.forms.renderers import TemplatesSetting


class BondbookFormRenderer(TemplatesSetting):
    """Draw each field with the one field template, so that every page asks alike."""

    field_template_name = "components/field.html"
