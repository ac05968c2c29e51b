"""A decision holds for what was seen: every act on every kind of document refuses a version that is out of date.

Acts are read from the kinds and the rules of the apps, so that a new one is asked too, on its page and over the API.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from rest_framework.test import APIClient

from documents.kinds import declared_kinds
from documents.reversals.offers import REVERSALS
from registry.history import note_in_history
from registry.models import Role, Site, User
from registry.versions import version_of
from tests.registry import build
from tests.world import World

CHANGED = "urn:bondbook:problem:changed-meanwhile"
APPS = ("bonded", "fuel", "customs", "documents")
ENDS_IN_API = {"pass": "pass-gate"}
# Entered as a document of its own, which names the ticket and changes nothing that was in view of it.
NO_ACT_OF_API = {("DeliveryTicket", "defuel")}
# What acts have to be told beside the version, by the field's name, so that no figure is refused first.
FIGURES: dict[str, Any] = {
    "reason": "Looked at again",
    "explanation": "Looked at again",
    "evidence": "Looked at again",
    "message": "Looked at again",
    "declaration_number": "940120261000000777",
    "certificate_kind": "rcq",
    "certificate_number": "RCQ-9",
    "amount_cny": "1.00",
    "paid_on": "2026-06-01",
    "reference": "CEB 9",
    "counted": [],
    "counts": [],
    "lines": [],
    "litres": "10",
    "net_amount": "10.00",
    "tank": "T-1",
    "quantity": "1",
    "receipts": [],
    "destination": "ALA",
    "litres_observed": "10",
    "celsius": "15",
    "density_at_base": "800",
    "place": "A-01",
}
OFTEN_NEEDED = frozenset({"reason", "place"})


def acts(app: str) -> Iterator[tuple[Any, type[Any], str]]:
    """Every act on every kind of document of an app, with what tells who may."""
    for kind in declared_kinds(app):
        for name in kind.offer_of:
            yield kind, kind.model, name
    for name in REVERSALS.offer_of if app == "documents" else ():
        yield REVERSALS, REVERSALS.model, name


def changed(model: type[Any]) -> tuple[Any, int]:
    """A document that somebody has changed since, and the version that was in view before."""
    document = model._default_manager.order_by("pk").first()
    note_in_history(document, actor=None, at=build.AT, reason="Put down")
    seen: Any = version_of(document)
    note_in_history(document, actor=None, at=build.AT, reason="Changed meanwhile")
    return document, seen


def people(site: Site) -> list[User]:
    """Somebody of each role that acts on documents, who has prepared nothing."""
    return [
        build.user("second-supervisor", Role.SUPERVISOR, site.organisation, at_site=site),
        build.user("second-officer", Role.CUSTOMS_OFFICER, site.customs_office),
        *User.objects.filter(memberships__role=Role.AIRLINE),
    ]


def answer_of_api(user: User, document: Any, act: str) -> str:
    seen, kind = document.seen, kind_of(document)
    client = APIClient()
    client.force_authenticate(user)
    body: dict[str, Any] = {"version": seen}
    names = [ENDS_IN_API.get(act, act.replace("_", "-")), "request-reversal"]
    if act == "change":
        url = reverse(f"api_{kind}-detail", args=[document.pk])
        response = client.patch(url, body, format="json")
    else:
        url = next(filter(None, (address(f"api_{kind}-{name}", document) for name in names)), "")
        if not url:
            return "has no address"
        # Whatever else a whole document has to say, it says as it stands.
        told = {**client.get(reverse(f"api_{kind}-detail", args=[document.pk])).json(), **FIGURES}
        for _times in range(4):
            response = client.post(url, body, format="json", headers={"Idempotency-Key": str(uuid4())})
            missing = {error["field"] for error in response.json().get("errors", ()) if error["field"] in told}
            if response.status_code not in {400, 422} or missing <= set(body):
                break
            body |= {name: told[name] for name in missing}
    if response.status_code == 409 and response.json()["type"] == CHANGED:
        return ""
    return f"is answered {response.status_code}: {response.content[:400]!r}"


def answer_of_page(user: User, app: str, document: Any, act: str) -> str:
    seen, kind = document.seen, kind_of(document)
    url = address(f"{app}:{kind}_{act}", document)
    if not url:
        return "has no page"
    client = Client()
    client.force_login(user)
    shown = client.get(url)
    if shown.status_code != 200:
        return f"shows {shown.status_code}"
    given = {**filled(shown.context["form"]), **of_lines(shown.context.get("lines")), "version": seen}
    response = client.post(url, given)
    if response.status_code == 409:
        return ""
    refused = [response.context[name].errors for name in ("form", "lines") if response.context.get(name) is not None]
    return f"is answered {response.status_code}: {[one for one in refused if one]}"


def kind_of(document: Any) -> str:
    return str(getattr(document, "kind", document._meta.model_name))


def address(name: str, document: Any) -> str:
    try:
        return reverse(name, args=[document.pk])
    except NoReverseMatch:
        return ""


def filled(form: Any) -> dict[str, Any]:
    """The form as it is shown, and what it asks for filled in."""
    found = {}
    for shown in form:
        value = shown.value()
        if value in (None, "") and (shown.field.required or shown.name in OFTEN_NEEDED):
            choices = [key for key, _words in getattr(shown.field, "choices", ()) if key]
            value = choices[-1] if choices else FIGURES.get(shown.name)
        if value not in (None, ""):
            found[shown.html_name] = value
    return found


def of_lines(lines: Any) -> dict[str, Any]:
    """The rows that are shown filled in; those that wait to be filled stay empty."""
    if lines is None:
        return {}
    found = filled(lines.management_form)
    for form in lines.forms:
        found |= filled(form) if form.initial else {}
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("way", ["API", "page"])
def test_every_act_refuses_a_version_that_is_out_of_date(there: World, app: str, way: str) -> None:
    those_who_act = people(Site.objects.get(pk=there.objects["site"]))
    wrong = []
    asked = [one for one in acts(app) if way == "page" or (one[1].__name__, one[2]) not in NO_ACT_OF_API]
    for rules, model, act in asked:
        with transaction.atomic():
            document, seen = changed(model)
            user = next((one for one in those_who_act if rules.may_act(one, document, act)), None)
            assert user is not None, f"{model.__name__}, {act}: nobody may"
            document.seen = seen
            told = answer_of_api(user, document, act) if way == "API" else answer_of_page(user, app, document, act)
            transaction.set_rollback(True)
        if told:
            wrong.append(f"{model.__name__}, {act}: {told}")
    assert not wrong, "\n".join(wrong)
