"""Text that people bring along, in the encoding that they name: one that is guessed writes gibberish into books."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.errors import FieldError, NotAReadableFile

# What spreadsheets of the region write beside UTF-8.
ENCODINGS = {
    "gb18030": gettext_lazy("GB 18030 (Chinese)"),
    "windows-1251": gettext_lazy("Windows-1251 (Cyrillic)"),
}
CHOICES = [("", gettext_lazy("UTF-8")), *ENCODINGS.items()]
SAMPLE = 30


def text_of(content: bytes, *, encoding: str = "", field: str = "encoding") -> str:
    """The text in UTF-8 (or in UTF-16 that says so), or in the encoding that is named.

    Raises:
        NotAReadableFile: it is not in that encoding; told with what it would read as in the others.
    """
    for one in [encoding] if encoding else ["utf-8-sig", *_marked(content)]:
        try:
            text = content.decode(one)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    readings = [f"{label}: “{sample}”" for one, label in ENCODINGS.items() if (sample := _sample(content, one))]
    if encoding or b"\0" in content or not readings:
        message = _("The file is neither XLSX nor text in the encoding that was chosen. Save it as CSV in UTF-8.")
    else:
        message = _("The file is not in UTF-8. Choose the encoding in which it reads right. %(readings)s") % {
            "readings": "; ".join(readings)
        }
    raise NotAReadableFile(message, errors=[FieldError(message, field=field)])


def _marked(content: bytes) -> list[str]:
    return ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else []


def _sample(content: bytes, encoding: str) -> str:
    """The first cell that is not plain ASCII, as the encoding reads it."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return ""
    cells = text.replace("\t", "\n").replace(",", "\n").replace(";", "\n").splitlines()
    return next((cell.strip()[:SAMPLE] for cell in cells if not cell.isascii()), "")
