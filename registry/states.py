"""The states of documents: each says by itself in which tone it is shown."""

from enum import StrEnum
from typing import Any, Self

from django.db import models


class Tone(StrEnum):
    """What a state means to its reader."""

    QUIET = "quiet"
    WAITING = "waiting"
    MOVING = "moving"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    GONE = "gone"


_tone_of: dict[str, Tone] = {}


class States(models.TextChoices):
    """States of one kind of document, each as its value, its tone and its words.

    A value has one tone, whichever kinds have it: the same word is not green here and grey there.
    """

    def __new__(cls, value: str, tone: Tone) -> Self:
        """Note the tone of the value.

        Raises:
            ValueError: the value has another tone elsewhere.
        """
        found: Any = str.__new__(cls, value)
        found._value_ = value
        if _tone_of.setdefault(value, tone) != tone:
            raise ValueError(f"The state “{value}” is {_tone_of[value]} elsewhere.")
        return found  # type: ignore[no-any-return]


def tone_of(code: str) -> Tone:
    """The tone of a state, or of the name of a tone itself; quiet for every other word."""
    if code in _tone_of:
        return _tone_of[code]
    return Tone(code) if code in frozenset(Tone) else Tone.QUIET
