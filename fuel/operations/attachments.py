"""What may be attached to a fuel document: pictures and PDFs, told by their content and not by their name."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from documents.operations.documents import Refusals
from registry.wording import quantity_text

LARGEST_ATTACHMENT_BYTES = 5_000_000
PICTURES: Mapping[bytes, str] = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PICTURES_AND_PDF: Mapping[bytes, str] = {**PICTURES, b"%PDF-": "application/pdf"}


def too_large(size: int) -> str:
    """What is said of an attachment of so many bytes, where more than may be kept; known before it is read."""
    if size <= LARGEST_ATTACHMENT_BYTES:
        return ""
    words = {"size": quantity_text(size), "most": quantity_text(LARGEST_ATTACHMENT_BYTES)}
    return _("The file has %(size)s bytes; at most %(most)s are kept.") % words


def check_attachment(
    content: bytes, *, allowed: Mapping[bytes, str], refusals: Refusals, field: str, row: int | None = None
) -> str:
    """The content type of an attachment, by how it begins; empty, and noted as refused, where it cannot be kept.

    Args:
        allowed: by the bytes that such content begins with its content type.
    """
    content_type = next((name for head, name in allowed.items() if content.startswith(head)), "")
    if not content_type:
        is_picture = allowed is PICTURES
        message = _("This is neither a PNG nor a JPEG picture.") if is_picture else _("This is no PNG, JPEG or PDF.")
        refusals.add(message, field, row)
    elif message := too_large(len(content)):
        refusals.add(message, field, row, len(content))
    return content_type
