"""Every form is drawn alike, and says to a screen reader what it says to the eye."""

from datetime import date
from typing import Any

from django import forms
from django.utils import translation


class _GateForm(forms.Form):
    vehicle = forms.CharField(help_text="As on the plate.")
    passed_on = forms.DateField(widget=forms.DateInput, required=False)
    mass_kg = forms.DecimalField(required=False)
    site = forms.ChoiceField(choices=[("a", "A")], required=False)
    direction = forms.ChoiceField(choices=[("in", "In"), ("out", "Out")], widget=forms.RadioSelect)
    is_sealed = forms.BooleanField(required=False)


def _drawn(**data: Any) -> str:
    return str(_GateForm(data or None, initial={"passed_on": date(2026, 2, 3)}))


def test_classes_are_set_in_one_place() -> None:
    form = _GateForm()
    assert 'class="form-control"' in str(form["vehicle"])
    assert 'class="form-select"' in str(form["site"])
    assert 'class="form-check-input"' in str(form["is_sealed"])
    assert 'inputmode="decimal"' in str(form["mass_kg"])


def test_an_error_stands_beside_its_field_and_is_tied_to_it() -> None:
    html = _drawn(site="a")
    assert 'aria-describedby="id_vehicle_helptext id_vehicle_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_vehicle_error"' in html
    assert 'id="id_direction_error"' in html


def test_dates_reach_the_browsers_calendar_in_every_language() -> None:
    with translation.override("ru"):
        html = _drawn()
        form = _GateForm({"vehicle": "A", "direction": "in", "passed_on": "2026-02-03"})
        assert form.is_valid()
    assert 'type="date"' in html
    assert 'value="2026-02-03"' in html
    assert form.cleaned_data["passed_on"] == date(2026, 2, 3)


def test_choices_are_a_group_with_a_legend() -> None:
    assert "<fieldset" in _drawn()
    assert "<legend" in _drawn()
