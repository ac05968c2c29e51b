"""Two pages that use every part of the frame, served only to the tests of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from config.preferences import set_preferences
from config.sign_in import SignInView
from registry.lines import LineFormSet

DOCUMENT = """
{% extends "layout.html" %}{% load i18n ui %}
{% block title %}Admission{% endblock %}
{% block page_header %}
  {% page_header title="HRS-A-2026-00005" back_url="/form/" back_label="Admissions" %}{% endpage_header %}
{% endblock %}
{% block content %}
  {% card title="Consignment" %}
    <dl class="facts"><div><dt>Declaration</dt><dd class="code">948320260000123456</dd></div></dl>
    {% badge "submitted" "Submitted" %} {% badge "closed" "Closed" %}
    {% badge "held" "Held" %} {% badge "void" "Void" %}
  {% endcard %}
  {% card title="Nothing" flush=True %}
    {% empty_state title="Nothing is here" text="Receive something first." %}{% endempty_state %}
  {% endcard %}
  {% include "components/figure.html" with label="On the floor" value="12,480.5" unit="t" %}
  {% include "components/progress.html" with label="Export" value=64 %}
  {% document_actions %}
    {% confirm title="Reverse this admission?" action_url="/document/" button="Reverse" tone="danger" %}
      <label for="reason">Reason</label><input class="form-control" id="reason" name="reason">
    {% endconfirm %}
  {% enddocument_actions %}
{% endblock %}
"""

FORM = """
{% extends "layout.html" %}{% load i18n ui %}
{% block title %}New admission{% endblock %}
{% block page_header %}{% page_header title="New admission" %}{% endpage_header %}{% endblock %}
{% block content %}
  <form method="post" data-draft="admission-new" novalidate>
    {% csrf_token %}
    {% card title="Consignment" %}
      <div class="fields">{% for field in form.visible_fields %}{{ field.as_field_group }}{% endfor %}</div>
    {% endcard %}
    {% card title="Lines" flush=True %}
      {% include "components/line_editor.html" with formset=lines scan_field="item" %}
    {% endcard %}
    {% document_actions %}<button class="btn btn-primary" type="submit">Submit</button>{% enddocument_actions %}
  </form>
{% endblock %}
"""


class ConsignmentForm(forms.Form):
    site = forms.ChoiceField(choices=[(str(i), f"Warehouse {i}") for i in range(12)])
    declaration = forms.CharField(help_text="Eighteen digits.", min_length=18)
    arrived_at = forms.DateTimeField(widget=forms.DateTimeInput)
    came_from = forms.ChoiceField(choices=[("a", "Abroad"), ("d", "Domestic market")], widget=forms.RadioSelect)
    seal_was_whole = forms.BooleanField(required=False)
    remark = forms.CharField(required=False)


class LineForm(forms.Form):
    item = forms.CharField(widget=forms.TextInput(attrs={"data-code": "true"}))
    origin = forms.ChoiceField(choices=[("", ""), ("KZ", "KZ Kazakhstan"), ("DE", "DE Germany")])
    quantity = forms.DecimalField(min_value=0)
    packed_on = forms.DateField(required=False, widget=forms.DateInput)


Lines = forms.formset_factory(LineForm, formset=LineFormSet, extra=1, can_delete=True)


def _page(request: HttpRequest, source: str, status: int = 200, **context: Any) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source.lstrip()).render(context, request), status=status)


def document(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        messages.success(request, f"Reversed: {request.POST['reason']}")
        return redirect("/document/")
    return _page(request, DOCUMENT)


def form(request: HttpRequest) -> HttpResponse:
    consignment, lines = ConsignmentForm(request.POST or None), Lines(request.POST or None, prefix="lines")
    if request.method == "POST" and all([consignment.is_valid(), lines.is_valid()]):
        messages.success(request, f"Submitted with {len(lines.filled_rows)} lines.")
        return redirect("/document/")
    return _page(request, FORM, form=consignment, lines=lines)


def scan(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<!doctype html><title>Found</title><p id='found'>{request.GET['code']!a}</p>")


urlpatterns = [
    path("", include(([path("", document, name="start"), path("scan/", scan, name="scan")], "reports"))),
    path("document/", document),
    path("form/", form),
    path("sign-in/", SignInView.as_view(), name="sign_in"),
    path("sign-out/", document, name="sign_out"),
    path("preferences/", set_preferences, name="preferences"),
]
