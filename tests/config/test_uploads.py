"""What is too large is refused by its size, before it is read; the field says so, and the rest stays as it was."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.test import Client, RequestFactory
from django.utils.datastructures import MultiValueDict

from config.parsers import ExactJSONParser
from config.uploads import LARGEST_BODY_BYTES, LARGEST_FILE_BYTES, BodyTooLarge
from fuel.billing.disputes.form import MessageForm
from fuel.delivery_tickets.form import SignatureFields
from fuel.operations.attachments import LARGEST_ATTACHMENT_BYTES


class Unread(UploadedFile):
    """A file that nobody may read."""

    def read(self, *_args: Any) -> bytes:
        raise AssertionError("It was read before its size was asked for.")


def unread() -> Unread:
    return Unread(file=io.BytesIO(), name="photo.png", content_type="image/png", size=300_000_000)


def test_a_photo_that_is_too_large_is_not_read() -> None:
    form = SignatureFields({"signatory": "Capt. Li"}, MultiValueDict({"photo": [unread()]}))
    assert not form.is_valid()
    assert list(form.errors) == ["photo"]
    assert form["signatory"].value() == "Capt. Li"
    assert "300" in form.errors["photo"][0]


def test_an_attachment_that_is_too_large_is_not_read_and_the_message_stays() -> None:
    form = MessageForm({"message": "68,353 L charged"}, MultiValueDict({"attachments": [unread()]}))
    assert not form.is_valid()
    assert list(form.errors) == ["attachments"]
    assert form["message"].value() == "68,353 L charged"
    assert "photo.png" in form.errors["attachments"][0]


def test_of_a_file_no_more_is_kept_than_may_be_and_its_size_is_known() -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="p.png"\r\nContent-Type: image/png\r\n\r\n'
    body = head + b"x" * 20_000_000 + b"\r\n--b--\r\n"
    request = RequestFactory().post("/", body, content_type="multipart/form-data; boundary=b")
    kept = request.FILES["photo"]
    assert kept.size == 20_000_000
    assert len(kept.read()) == LARGEST_FILE_BYTES + 1


def test_the_form_and_the_upload_agree_on_what_is_too_large() -> None:
    assert LARGEST_FILE_BYTES == LARGEST_ATTACHMENT_BYTES


class Endless(io.RawIOBase):
    """A body without an end; it counts what is read of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "Everything was asked for at once."
        self.taken += size
        return b" " * size


def test_of_a_body_of_the_api_no_more_is_read_than_may_be() -> None:
    body = Endless()
    with pytest.raises(BodyTooLarge) as refused:
        ExactJSONParser().parse(body)
    assert refused.value.status_code == 413
    assert body.taken == LARGEST_BODY_BYTES + 1


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_refused_as_a_problem(client: Client) -> None:
    answer = client.post("/api/v1/sign-in/", b" " * (LARGEST_BODY_BYTES + 1), content_type="application/json")
    assert answer.status_code == 413
    assert answer.headers["Content-Type"].startswith("application/problem+json")
