"""A decision holds for what was seen: whoever acts on a document that changed meanwhile is told what changed."""

from typing import Any

import pytest
from django.urls import reverse

from bonded.admissions.operations import admissions
from bonded.models import Admission
from ledger.queries import lots
from registry.versions import ChangedMeanwhile, version_of
from tests.bonded.build import Warehouse, item, out
from tests.bonded.calls import line, office
from tests.bonded.test_pages import ROW, admission_form, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def goods(khorgos: Warehouse) -> Any:
    return item()


def amended(khorgos: Warehouse, admission: Admission, *lines: Any, **more: Any) -> Admission:
    head = {"book": khorgos.book, "owner": khorgos.owner, "actor": khorgos.operator, "at": khorgos.tick()}
    return admissions.amend_admission(admission=admission, lines=lines, **head, **more)


def corrected(khorgos: Warehouse, admission: Admission) -> Admission:
    """Returned, changed and submitted again, while somebody still has the first version in view."""
    admissions.return_admission(admission=admission, actor=khorgos.officer, at=khorgos.tick(), reason="Wrong train")
    admission = amended(
        khorgos,
        admission,
        khorgos.line(item("ALMOND"), "99"),
        vehicle="Train 77",
        declaration_number=admission.declaration_number,
    )
    return admissions.submit_admission(admission=admission, actor=khorgos.operator, at=khorgos.tick())


def test_an_acceptance_holds_for_the_version_in_view(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.submitted(khorgos.line(goods, "10"))
    admission.seen_version = version_of(admission)
    corrected(khorgos, Admission.objects.get())
    with pytest.raises(ChangedMeanwhile) as refused:
        admissions.accept_admission(admission=admission, actor=khorgos.officer, at=khorgos.tick())
    assert "changed HRS-ADM-2026-000001 at" in str(refused.value)
    told = [(error.field, error.figure) for error in refused.value.errors]
    assert ("vehicle", "Train 77") in told
    assert ("state", "Submitted") in told
    (vehicle,) = [str(error.message) for error in refused.value.errors if error.field == "vehicle"]
    assert vehicle.startswith("Vehicle")
    assert f"– → Train 77 ({khorgos.operator.name}, " in vehicle
    messages = [str(error.message) for error in refused.value.errors]
    assert any(message.startswith("Line 1, taken out: ") for message in messages)
    assert any(message.startswith("Line 1, added: ") for message in messages)
    assert Admission.objects.get().state == "submitted"
    assert not lots().exists()


def test_lines_alone_make_a_new_version(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.prepare(khorgos.line(goods, "10"))
    before = version_of(admission)
    amended(khorgos, admission, khorgos.line(goods, "11"))
    assert version_of(admission) > before


def test_a_program_that_names_its_version_is_told_what_changed(khorgos: Warehouse, goods: Any) -> None:
    desk = office(khorgos)
    address = f"admissions/{desk.operator.done('admissions', desk.admission(line('PISTACHIO', '10')))['id']}"
    seen = desk.operator.done(f"{address}/submit")["version"]
    assert desk.officer.read("admissions")["results"][0]["version"] == seen
    newest = version_of(corrected(khorgos, Admission.objects.get()))
    refused = desk.officer.post(f"{address}/accept", {"version": seen})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:bondbook:problem:changed-meanwhile")
    assert {"vehicle", "state"} <= {error["field"] for error in refused.json()["errors"]}
    assert desk.officer.post(f"{address}/accept", {"version": newest}).status_code == 200


def test_of_two_programs_that_change_one_draft_the_second_is_told(khorgos: Warehouse, goods: Any) -> None:
    desk = office(khorgos)
    draft = desk.operator.done("admissions", desk.admission(line("PISTACHIO", "10")))
    address = f"admissions/{draft['id']}"
    assert desk.operator.patch(address, {"vehicle": "A 1", "version": draft["version"]}).status_code == 200
    refused = desk.supervisor.patch(address, {"remark": "Two seals", "version": draft["version"]})
    assert refused.json()["type"] == "urn:bondbook:problem:changed-meanwhile"
    assert desk.supervisor.put(address, draft).status_code == 409, "what was read says which version it is"
    assert desk.supervisor.patch(address, {"remark": "Two seals"}).json()["vehicle"] == "A 1"


def test_a_page_tells_what_changed_and_decides_only_then(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.submitted(khorgos.line(goods, "10"))
    officer = signed_in(khorgos.officer)
    url, seen = reverse("bonded:admission_accept", args=[admission.pk]), version_of(admission)
    for shown in (admission.get_absolute_url(), reverse("documents:approvals"), url):
        assert f'name="version" value="{seen}"' in officer.get(shown).content.decode(), shown
    newest = version_of(corrected(khorgos, admission))
    answer = officer.post(f"{url}?from=approvals", {"version": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Train 77" in page
    assert f'name="version" value="{newest}"' in page
    assert officer.post(f"{url}?from=approvals", {"version": newest}).status_code == 302
    assert Admission.objects.get().state == "accepted"


def test_of_two_people_on_one_draft_the_second_is_told_and_keeps_what_was_typed(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.prepare(khorgos.line(goods, "10"))
    url, seen = reverse("bonded:admission_change", args=[admission.pk]), version_of(admission)
    first, second = signed_in(khorgos.operator), signed_in(khorgos.supervisor)
    assert f'name="version" value="{seen}"' in second.get(url).content.decode()
    typed = admission_form(khorgos, {**ROW, "quantity": "12"}, vehicle="A 12", version=seen)
    assert first.post(url, typed).status_code == 302
    typed = admission_form(khorgos, {**ROW, "quantity": "13"}, remark="Two seals", version=seen)
    answer = second.post(url, typed)
    assert answer.status_code == 409
    assert "A 12" in answer.context["form"].errors["vehicle"][0], "told beside the field"
    assert "Line 1, quantity: 10 → 12" in answer.content.decode(), "of the lines too"
    assert answer.context["form"]["remark"].value() == "Two seals"
    assert answer.context["lines"].forms[0]["quantity"].value() == "13"
    assert Admission.objects.get().lines.get().quantity == 12
    newest = version_of(admission)
    assert f'name="version" value="{newest}"' in answer.content.decode()
    assert second.post(url, {**typed, "version": newest}).status_code == 302
    assert Admission.objects.get().lines.get().quantity == 13


def test_every_refusal_keeps_the_version_that_was_in_view(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.submitted(khorgos.line(goods, "10"))
    url, seen = reverse("bonded:admission_return", args=[admission.pk]), version_of(admission)
    officer = signed_in(khorgos.officer)
    corrected(khorgos, admission)
    answer = officer.post(url, {"reason": " ", "version": seen})
    assert f'name="version" value="{seen}"' in answer.content.decode(), "nobody has been told of a newer one"


def test_a_reversal_is_decided_as_it_was_seen(khorgos: Warehouse, goods: Any) -> None:
    desk = office(khorgos)
    admission = khorgos.admitted(khorgos.line(goods, "10"))
    asked = desk.operator.done(f"admissions/{admission.pk}/request-reversal", {"reason": "Counted twice"})
    shown = signed_in(khorgos.officer).get(reverse("documents:approvals")).content.decode()
    assert f'name="version" value="{asked["version"]}"' in shown
    refused = desk.officer.post(f"reversals/{asked['id']}/approve", {"version": asked["version"] - 1})
    assert refused.status_code == 409


def test_a_withdrawal_is_accepted_as_it_was_seen(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "10"))
    desk, withdrawal = office(khorgos), khorgos.submitted_withdrawal(out(goods, "5"))
    seen = version_of(withdrawal)
    desk.supervisor.done(f"withdrawals/{withdrawal.pk}/return", {"reason": "Wrong purpose", "version": seen})
    desk.operator.done(f"withdrawals/{withdrawal.pk}/submit")
    refused = desk.officer.post(f"withdrawals/{withdrawal.pk}/accept", {"version": seen})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:bondbook:problem:changed-meanwhile")
