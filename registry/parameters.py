"""What an address asks for: a parameter that nobody reads would be answered as if it had not been asked."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from registry.errors import FieldError, RuleBroken


class UnknownParameter(RuleBroken):
    """The address asks by a name that is not known here."""

    code = "unknown-parameter"
    status = 400


def refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise UnknownParameter naming every parameter that is not known, with the likeliest one that was meant."""
    names = sorted(set(known))
    errors = [
        FieldError(_told(name, get_close_matches(name, names, n=1)), field=name, figure=name)
        for name in sorted(set(given) - set(names))
    ]
    if errors:
        raise UnknownParameter(errors[0].message, errors=errors)


def _told(name: str, meant: list[str]) -> str:
    if meant:
        return _("There is no parameter “%(name)s” here. Did you mean “%(meant)s”?") % {"name": name, "meant": meant[0]}
    return _("There is no parameter “%(name)s” here.") % {"name": name}


def names_of(form: forms.BaseForm) -> set[str]:
    """The names by which a form is filled in; a range has one for each of its ends."""
    names = set(form.fields)
    for name, field in form.fields.items():
        names |= {f"{name}_{suffix}" for suffix in getattr(field.widget, "suffixes", ())}
    return {form.add_prefix(name) for name in names}


def has_nul(given: Any) -> bool:
    """Whether a parameter holds a NUL character, which no text of the database can hold."""
    return any("\0" in text for name, values in given.lists() for text in (name, *values))
