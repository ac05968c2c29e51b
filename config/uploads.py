"""What a request may bring along, told by its size before anything of it is kept."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException

# Five attachments of 5 MB in base64, and what stands beside them.
LARGEST_BODY_BYTES = 36_000_000
LARGEST_FILE_BYTES = 5_000_000


class BodyTooLarge(APIException):
    """A body of the API has more bytes than any request needs."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "body-too-large"

    def __init__(self) -> None:
        super().__init__(_("The request has more than %(most)s bytes.") % {"most": LARGEST_BODY_BYTES})


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Keeps of a file one byte more than may be, and how many it had: a form says so at its field."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = LARGEST_FILE_BYTES + 1 - start
        if room > 0:
            super().receive_data_chunk(raw_data[:room], start)
