"""The fonts that are printed with, installed with Bondbook, and the characters that they have letters for."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import manimgx_fonts_cjk
import typst
from fontTools.ttLib import TTCollection, TTFont

# Noto Sans has Latin and Cyrillic, with the letters of Kazakh; the CJK font has weights, so that bold is bold.
FAMILIES = ("Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic")
FOLDERS = (
    Path(fontpkg_noto_sans.__file__).parent / "files",
    Path(manimgx_fonts_cjk.__file__).parent,
    Path(fontpkg_noto_sans_arabic.__file__).parent / "files",
)
# What no font here has, but says the same.
SAID_OTHERWISE = {"⌀": "Ø"}
# Nothing of these is drawn: controls, marks of direction, selectors of a variant.
NOT_DRAWN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


@cache
def fonts() -> typst.Fonts:
    """Only these: what is printed looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path) for path in FOLDERS]
    )


@cache
def letters() -> frozenset[int]:
    """The code points that at least one of the fonts can draw."""
    found: set[int] = set()
    for folder in FOLDERS:
        for file in sorted(folder.iterdir()):
            if file.suffix == ".ttc":
                # All languages of the collection have the same characters, drawn in their own ways.
                found |= set(TTCollection(str(file), lazy=True).fonts[0].getBestCmap())
            elif file.suffix in {".ttf", ".otf"}:
                found |= set(TTFont(str(file), lazy=True).getBestCmap())
    return frozenset(found)


def printable(told: Any, missing: set[str]) -> Any:
    """What is to be printed, with each character that no font has as its code point, such as [U+1F6E9].

    Args:
        told: text, or lists and dicts of it.
        missing: takes the characters that no font has.
    """
    if isinstance(told, str):
        if told.isascii():
            return told
        printed = told.translate(_DRAWN)
        missing |= _DRAWN.missing.intersection(told)
        return printed
    if isinstance(told, dict):
        return {name: printable(one, missing) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return [printable(one, missing) for one in told]
    return told


class _Drawn(dict[int, str]):
    """What is printed for each character, looked up once; `missing` are those that no font has."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: set[str] = set()

    def __missing__(self, code: int) -> str:
        self[code] = self._drawn(chr(code))
        return self[code]

    def _drawn(self, character: str) -> str:
        said = SAID_OTHERWISE.get(character, character)
        if ord(said) in letters() or unicodedata.category(said) in NOT_DRAWN:
            return said
        if unicodedata.name(said, "").startswith("VARIATION SELECTOR"):
            return ""
        self.missing.add(character)
        return f"[{_code(said)}]"


_DRAWN = _Drawn()


def codes(characters: set[str]) -> str:
    """Characters by their code points, such as U+1F6E9."""
    return ", ".join(_code(one) for one in sorted(characters))


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
