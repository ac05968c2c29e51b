"""How flights and aircraft are written, and which writings are one flight."""

import re
import unicodedata

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from registry.identity import folded_key
from registry.key_fields import FoldedKeyField

# IATA SSIM, chapter 2: a designator of two signs or an ICAO one of three letters, one to four digits, and a letter
# for an operational suffix.
check_flight_number = RegexValidator(
    r"^(?:[A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])[0-9]{1,4}[A-Z]?$",
    _("Write the designator of the airline and up to four digits, such as CA981."),
)
_PARTS = re.compile(r"([a-z]{3}|[a-z][a-z0-9]|[0-9][a-z])0*([0-9]+[a-z]?)")


def written_flight(text: str) -> str:
    """A flight number as it is kept: capitals, without the blank or hyphen that some write after the designator."""
    return folded_key(text).upper()


def written_registration(text: str) -> str:
    """A registration as it is kept: capitals, with its hyphen where one was written."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def flight_key(text: str) -> str:
    """By what a flight is known: `CA 0981` and `ca981` are one, for SSIM fills the number with zeros."""
    key = folded_key(text)
    parts = _PARTS.fullmatch(key)
    return parts[1] + parts[2] if parts else key


class FlightKeyField(FoldedKeyField):
    """The key of a flight number of the row; nobody writes it."""

    fold = staticmethod(flight_key)
