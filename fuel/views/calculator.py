"""The page on which anybody can reckon a volume and see each step with its standard."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from fuel.calculator import calculate, told
from fuel.forms.calculator import CalculatorForm
from registry.errors import RuleBroken
from registry.pages import Page, show_broken_rule


class Calculator(Page):
    """Reckons what the address asks, so that a result can be sent to somebody as a link."""

    title = _("Fuel calculator")
    subtitle = _("Litres, density and mass by the standard, step by step")
    template_name = "fuel/calculator.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CalculatorForm(request.GET if "litres_observed" in request.GET else None)
        calculated = None
        if form.is_bound and form.is_valid():
            try:
                calculated = calculate(**form.asked())
            except RuleBroken as broken:
                show_broken_rule(broken, form)
        steps = [told(step) for step in calculated.steps] if calculated else []
        measured = calculated.measured if calculated else None
        return self.show(self.context(form=form, measured=measured, steps=steps), fragment="result")
