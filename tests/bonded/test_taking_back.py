"""A submission is taken back until somebody has decided; after a decision the next one that waits is offered."""

from typing import Any

import pytest
from django.urls import reverse

from bonded.admissions.operations import admissions
from bonded.models import Admission
from documents.operations.documents import WrongState
from registry.errors import NotAllowed
from registry.versions import ChangedMeanwhile, version_of
from tests.bonded.build import Warehouse, item
from tests.bonded.calls import line, office
from tests.bonded.test_pages import signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def goods(khorgos: Warehouse) -> Any:
    return item()


def taken_back(khorgos: Warehouse, admission: Admission) -> Admission:
    return admissions.take_back_admission(admission=admission, actor=khorgos.operator, at=khorgos.tick())


def test_what_was_taken_back_is_changed_and_submitted_again(khorgos: Warehouse, goods: Any) -> None:
    admission = taken_back(khorgos, khorgos.submitted(khorgos.line(goods, "10")))
    assert admission.state == "draft"
    again = admissions.submit_admission(admission=admission, actor=khorgos.operator, at=khorgos.tick())
    assert again.state == "submitted"


def test_nothing_is_taken_back_once_somebody_has_decided(khorgos: Warehouse, goods: Any) -> None:
    accepted = khorgos.accepted(khorgos.line(goods, "10"))
    with pytest.raises(WrongState):
        taken_back(khorgos, accepted)


def test_it_is_not_the_deciders_to_take_back(khorgos: Warehouse, goods: Any) -> None:
    submitted = khorgos.submitted(khorgos.line(goods, "10"))
    with pytest.raises(NotAllowed):
        admissions.take_back_admission(admission=submitted, actor=khorgos.officer, at=khorgos.tick())


def test_who_decides_on_a_page_that_shows_it_submitted_is_told(khorgos: Warehouse, goods: Any) -> None:
    submitted = khorgos.submitted(khorgos.line(goods, "10"))
    submitted.seen_version = version_of(submitted)
    again = taken_back(khorgos, Admission.objects.get())
    admissions.submit_admission(admission=again, actor=khorgos.operator, at=khorgos.tick())
    with pytest.raises(ChangedMeanwhile):
        admissions.accept_admission(admission=submitted, actor=khorgos.officer, at=khorgos.tick())


def test_page_and_api_offer_it_to_who_posts(khorgos: Warehouse, goods: Any) -> None:
    desk = office(khorgos)
    address = f"admissions/{desk.operator.done('admissions', desk.admission(line('PISTACHIO', '10')))['id']}"
    desk.operator.done(f"{address}/submit")
    admission = Admission.objects.get()
    assert "take-back" in desk.operator.read(address)["acts"]
    assert "take-back" not in desk.officer.read(address)["acts"]
    assert desk.operator.done(f"{address}/take-back")["state"] == "draft"
    admissions.submit_admission(admission=admission, actor=khorgos.operator, at=khorgos.tick())
    url = reverse("bonded:admission_take_back", args=[admission.pk])
    page = signed_in(khorgos.operator).get(admission.get_absolute_url()).content.decode()
    assert url in page
    assert signed_in(khorgos.operator).post(url, {"version": version_of(admission)}).status_code == 302
    assert Admission.objects.get().state == "draft"


def test_after_a_decision_the_next_that_waits_is_offered(khorgos: Warehouse, goods: Any) -> None:
    first, second = (khorgos.submitted(khorgos.line(goods, "10")) for _each in range(2))
    officer = signed_in(khorgos.officer)
    sent = {"reason": "Wrong seal", "version": version_of(first)}
    answer = officer.post(reverse("bonded:admission_return", args=[first.pk]), sent, follow=True)
    assert answer.context["next_waiting"].number == second.number
    assert second.get_absolute_url() in answer.content.decode()
    sent = {"reason": "Wrong seal", "version": version_of(second)}
    answer = officer.post(reverse("bonded:admission_return", args=[second.pk]), sent, follow=True)
    assert answer.context["next_waiting"] is None
    assert signed_in(khorgos.operator).get(first.get_absolute_url()).context["next_waiting"] is None
