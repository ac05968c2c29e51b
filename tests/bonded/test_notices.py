"""Who asked hears what was decided: in the application, and by e-mail who chose it."""

from collections.abc import Iterator
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bonded.admissions.operations import admissions
from bonded.models import Admission
from documents.models import Notice
from documents.notices import title_of
from documents.operations.mailing import mail_next_notice
from documents.tasks import mail_notices
from registry.models import User
from registry.operations.users import change_own_settings
from registry.versions import version_of
from tests.bonded.build import Warehouse, item
from tests.bonded.calls import office
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def goods(khorgos: Warehouse) -> Any:
    return item()


@pytest.fixture
def submitted(khorgos: Warehouse, goods: Any) -> Admission:
    return khorgos.submitted(khorgos.line(goods, "10"))


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def returned(khorgos: Warehouse, admission: Admission, reason: str = "Wrong seal") -> Admission:
    return admissions.return_admission(admission=admission, actor=khorgos.officer, at=khorgos.tick(), reason=reason)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_who_submitted_hears_what_was_decided_on_which_version_and_why(khorgos: Warehouse, submitted: Any) -> None:
    seen = version_of(submitted)
    admission = returned(khorgos, submitted)
    (notice,) = Notice.objects.all()
    assert (notice.to, notice.by) == (khorgos.operator, khorgos.officer)
    assert (notice.made_on, notice.version) == (seen, version_of(admission))
    assert (notice.act, notice.state, notice.reason) == ("return", "returned", "Wrong seal")
    assert title_of(notice) == f"Admission {admission.number}: Returned for correction"


def test_nobody_hears_of_what_they_did_themselves(khorgos: Warehouse, submitted: Any) -> None:
    admission = admissions.take_back_admission(admission=submitted, actor=khorgos.operator, at=khorgos.tick())
    admissions.void_admission(admission=admission, actor=khorgos.operator, at=khorgos.tick(), reason="Never sent")
    assert not Notice.objects.exists()


def test_who_prepared_hears_that_a_colleague_gave_it_up(khorgos: Warehouse, submitted: Any) -> None:
    admissions.void_admission(admission=submitted, actor=khorgos.supervisor, at=khorgos.tick(), reason="Sent twice")
    assert Notice.objects.get().state == "void"


def test_a_refused_decision_tells_nobody(khorgos: Warehouse, submitted: Any) -> None:
    submitted.declaration_number = ""
    submitted.save()
    with pytest.raises(admissions.documents.NotAsRequired):
        admissions.accept_admission(admission=submitted, actor=khorgos.officer, at=khorgos.tick())
    assert not Notice.objects.exists()


def test_the_page_counts_the_unread_and_leads_to_the_document(khorgos: Warehouse, submitted: Any) -> None:
    returned(khorgos, submitted)
    notice = Notice.objects.get()
    mine, others = signed_in(khorgos.operator), signed_in(khorgos.supervisor)
    listed, opened = reverse("documents:notice_list"), reverse("documents:notice_open", args=[notice.pk])
    page = mine.get(listed).content.decode()
    assert f"Admission {submitted.number}: Returned for correction" in page
    assert "Wrong seal" in page
    assert '<span class="sidebar-count">1<' in page
    assert submitted.number not in others.get(listed).content.decode()
    assert others.get(opened).status_code == 404
    assert mine.get(opened)["Location"] == submitted.get_absolute_url()
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "sidebar-count" not in mine.get(listed).content.decode()
    assert submitted.number in mine.get(listed, {"is_read": "true"}).content.decode()
    assert submitted.number not in mine.get(listed, {"is_read": "false"}).content.decode()
    assert submitted.number in mine.get(listed, {"format": "csv"}).getvalue().decode()


def test_all_are_marked_as_read_at_once(khorgos: Warehouse, goods: Any) -> None:
    for _each in range(2):
        returned(khorgos, khorgos.submitted(khorgos.line(goods, "10")))
    answer = signed_in(khorgos.operator).post(reverse("documents:notice_read_all"), follow=True)
    assert "2 notices are marked as read." in answer.content.decode()
    assert not Notice.objects.unread().exists()


def test_a_program_reads_its_notices(khorgos: Warehouse, submitted: Any) -> None:
    returned(khorgos, submitted)
    desk = office(khorgos)
    (told,) = desk.operator.read("notices", is_read="false")["results"]
    assert (told["document_number"], told["state"], told["read_at"]) == (submitted.number, "returned", None)
    assert desk.supervisor.read("notices")["results"] == []
    assert desk.supervisor.post(f"notices/{told['id']}/read").status_code == 404
    assert desk.operator.done(f"notices/{told['id']}/read")["read_at"] is not None
    assert desk.operator.done("notices/read-all") == {"read": 0}


def test_a_title_is_told_in_the_language_of_the_reader(khorgos: Warehouse, submitted: Any, chinese: None) -> None:
    returned(khorgos, submitted)
    assert title_of(Notice.objects.get()) == f"入区单 {submitted.number}：已退单待修改"


# E-mail


def choose_letters(khorgos: Warehouse, **more: Any) -> None:
    given = {"name": "Ou", "language": "zh-hans", "time_zone": "Asia/Urumqi", "gets_decisions_by_mail": True, **more}
    change_own_settings(user=khorgos.operator, at=khorgos.tick(), **given)


def test_who_chose_it_gets_a_letter_once_in_their_own_language(
    khorgos: Warehouse,
    submitted: Any,
    settings: Any,
) -> None:
    settings.PUBLIC_URL = "https://bondbook.example.org"
    choose_letters(khorgos)
    returned(khorgos, submitted)
    assert (mail_notices(), mail_notices()) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == [khorgos.operator.email]
    assert letter.subject == f"入区单 {submitted.number}：已退单待修改"
    assert "Wrong seal" in letter.body
    assert f"https://bondbook.example.org{submitted.get_absolute_url()}" in letter.body
    assert Notice.objects.get().mailed_at is not None


def test_who_did_not_choose_it_gets_none(khorgos: Warehouse, submitted: Any) -> None:
    returned(khorgos, submitted)
    choose_letters(khorgos)
    assert mail_notices() == 0, "what was decided before the choice stays in the application"
    assert mail.outbox == []


def test_a_server_that_is_away_leaves_the_letter_waiting(
    khorgos: Warehouse,
    submitted: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose_letters(khorgos)
    returned(khorgos, submitted)

    def away(**letter: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("documents.operations.mailing.send_mail", away)
        with pytest.raises(ConnectionRefusedError):
            mail_next_notice(at=khorgos.tick())
    assert mail_notices() == 1


def test_an_address_that_is_refused_does_not_hold_up_the_others(
    khorgos: Warehouse,
    goods: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose_letters(khorgos)
    returned(khorgos, khorgos.submitted(khorgos.line(goods, "10")))

    def refuse(**letter: Any) -> None:
        raise SMTPRecipientsRefused({"nobody@example.com": (550, b"no such box")})

    monkeypatch.setattr("documents.operations.mailing.send_mail", refuse)
    assert mail_notices() == 1
    notice = Notice.objects.get()
    assert "no such box" in notice.mail_refused
    assert notice.mailed_at is None


def test_the_choice_is_offered_only_where_letters_are_sent(khorgos: Warehouse, settings: Any) -> None:
    client = signed_in(khorgos.operator)
    own = reverse("registry:own_settings")
    assert 'name="gets_decisions_by_mail"' in client.get(own).content.decode()
    typed = {"name": "Ou", "language": "en", "time_zone": "Asia/Urumqi", "gets_decisions_by_mail": "on"}
    assert client.post(own, typed).status_code == 302
    assert User.objects.get(pk=khorgos.operator.pk).gets_decisions_by_mail
    settings.SENDS_MAIL = False
    assert 'name="gets_decisions_by_mail"' not in client.get(own).content.decode()
    assert client.post(own, {"name": "Ou", "language": "en", "time_zone": "Asia/Urumqi"}).status_code == 302
    assert User.objects.get(pk=khorgos.operator.pk).gets_decisions_by_mail, "kept for when they are sent again"
