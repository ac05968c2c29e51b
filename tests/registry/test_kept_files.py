"""Files of a refused form come back with it: to whoever chose them, for a day, until they are taken out."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fuel.models import DeliveryTicket, TicketAttachment
from registry.models import KeptFile
from registry.operations.kept_files import MOST_OF_A_USER, forget_kept_files, keep_file, kept_files
from tests.fuel.build import TankFarm, fuel_tariff, tank_farm
from tests.fuel.test_ticket_pages import PNG, SIGNATURE, ticket_form
from tests.registry.conftest import signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def urumqi() -> TankFarm:
    fuel_tariff()
    return tank_farm()


def png(name: str = "meter.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def test_a_photo_comes_back_with_the_refused_form_and_goes_with_the_next(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.operator)
    page = client.post("/fuel/tickets/new/", ticket_form(urumqi, celsius="200", photo=png(), submit="1"))
    kept = KeptFile.objects.get()
    assert f'name="photo-kept" value="{kept.token}"' in page.content.decode()
    assert client.get(f"/kept-files/{kept.token}/").content == PNG
    again = ticket_form(urumqi, celsius="201", submit="1") | {"photo-kept": str(kept.token)}
    assert f'value="{kept.token}"' in client.post("/fuel/tickets/new/", again).content.decode()
    client.post("/fuel/tickets/new/", again | {"celsius": "15"})
    sent = TicketAttachment.objects.get()
    assert bytes(sent.content) == PNG
    assert not KeptFile.objects.exists()


def test_nobody_sends_or_sees_another_persons_file(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    kept = keep_file(file=png(), user=urumqi.supervisor, at=timezone.now())
    assert kept is not None
    client = signed_in(urumqi.operator)
    assert client.get(f"/kept-files/{kept.token}/").status_code == 404
    client.post("/fuel/tickets/new/", ticket_form(urumqi, submit="1") | {"photo-kept": str(kept.token)})
    assert not TicketAttachment.objects.exists()
    assert kept_files(tokens=[kept.token], user=urumqi.supervisor) == [kept]


def test_a_file_that_is_itself_refused_is_chosen_anew(urumqi: TankFarm) -> None:
    wrong = SimpleUploadedFile("ticket.png", b"GIF89a", content_type="image/png")
    urumqi.released("100000")
    signed_in(urumqi.operator).post("/fuel/tickets/new/", ticket_form(urumqi, photo=wrong, submit="1"))
    assert not KeptFile.objects.exists()


def test_files_are_forgotten_after_a_day_and_nobody_hoards_them(urumqi: TankFarm) -> None:
    now = timezone.now()
    for _time in range(MOST_OF_A_USER + 3):
        keep_file(file=png(), user=urumqi.operator, at=now)
    assert KeptFile.objects.count() == MOST_OF_A_USER
    assert forget_kept_files(at=now + timedelta(hours=23)) == 0
    assert forget_kept_files(at=now + timedelta(hours=25)) == MOST_OF_A_USER


def test_a_draft_keeps_its_photo_and_signature_when_it_is_opened_again_and_refused(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.operator)
    # Without a temperature it is a draft; what was drawn and photographed stays with it.
    draft = ticket_form(urumqi, celsius="", photo=png(), signature=SIGNATURE)
    client.post("/fuel/tickets/new/", draft)
    ticket = DeliveryTicket.objects.get()
    assert (ticket.state, [one.kind for one in ticket.attachments.all()]) == ("draft", ["signature", "photo"])
    url = f"/fuel/tickets/{ticket.pk}/change/"
    for picture in ticket.attachments.all():
        assert f"/fuel/tickets/{ticket.pk}/pictures/{picture.pk}/" in client.get(url).content.decode()
    refused = client.post(url, ticket_form(urumqi, celsius="200", submit="1"))
    assert "200 lies outside" in refused.content.decode()
    assert ticket.attachments.count() == 2
    client.post(url, ticket_form(urumqi, celsius="15", submit="1"))
    ticket = DeliveryTicket.objects.get()
    assert (ticket.state, ticket.attachments.count()) == ("signed", 2)
    assert (
        f"/pictures/{ticket.attachments.get(kind='signature').pk}/"
        in client.get(f"/fuel/tickets/{ticket.pk}/?print").content.decode()
    )


def test_a_picture_that_is_none_refuses_the_draft_whole(urumqi: TankFarm) -> None:
    wrong = SimpleUploadedFile("ticket.png", b"GIF89a", content_type="image/png")
    signed_in(urumqi.operator).post("/fuel/tickets/new/", ticket_form(urumqi, celsius="", photo=wrong))
    assert not DeliveryTicket.objects.exists()
