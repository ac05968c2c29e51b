"""How a refused form keeps its files: they go into the next sending of the form, until they are taken out of it.

Beside a file field `photo` the form sends `photo-kept`, the tokens of what was kept for it, and `photo-dropped`, those
that the user took out. The form itself sees them as files that were uploaded.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from registry.models import KeptFile, User
from registry.operations.kept_files import keep_file, kept_files, release_kept_files

KEPT, DROPPED = "-kept", "-dropped"


class FileAgain(SimpleUploadedFile):
    """A kept file as if it had been uploaded with this request."""

    def __init__(self, kept: KeptFile) -> None:
        super().__init__(kept.name, bytes(kept.content), kept.content_type)
        self.kept = kept


def files_of(request: HttpRequest, user: User) -> MultiValueDict[str, Any]:
    """What the request uploads, and before it what was kept of the same form."""
    given: MultiValueDict[str, Any] = request.FILES.copy()
    for name in request.POST:
        if name.endswith(KEPT):
            field = name.removesuffix(KEPT)
            dropped = _tokens(request, field + DROPPED)
            wanted = [token for token in _tokens(request, name) if token not in dropped]
            again = [FileAgain(kept) for kept in kept_files(tokens=wanted, user=user)]
            if files := [*again, *request.FILES.getlist(field)]:
                given.setlist(field, files)
    return given


def keep_files_of(form: forms.BaseForm, user: User, at: datetime) -> None:
    """Keep the files of a form that is shown again, and let its fields tell which."""
    for name, field in form.fields.items():
        if not isinstance(field, forms.FileField) or getattr(field, "is_not_kept", False):
            continue
        files = form.files.getlist(form.add_prefix(name)) if hasattr(form.files, "getlist") else []
        if not getattr(field.widget, "allow_multiple_selected", False):
            # A refused file alone is chosen anew; of two the later replaces the earlier.
            files = [] if form.errors.get(name) else files[-1:]
        kept = [file.kept if isinstance(file, FileAgain) else keep_file(file=file, user=user, at=at) for file in files]
        bound: Any = form[name]
        bound.kept_files = [one for one in kept if one is not None]


def forget_files_of(request: HttpRequest, user: User) -> None:
    """Forget what was kept of a form that was taken."""
    names = [name for name in request.POST if name.endswith(KEPT)]
    release_kept_files(tokens=[token for name in names for token in _tokens(request, name)], user=user)


def _tokens(request: HttpRequest, name: str) -> list[UUID]:
    tokens = []
    for text in request.POST.getlist(name):
        try:
            tokens.append(UUID(text))
        except ValueError:
            continue
    return tokens
