"""All kinds of document that there are, as the apps declare them: where each is shown."""

from functools import cache
from typing import Any

from django.apps import apps

from documents.models import Document


@cache
def kinds() -> dict[str, type[Any]]:
    """The model of each kind, by the name that the ledger knows it by."""
    return {model.kind: model for model in apps.get_models() if issubclass(model, Document)}


def url_of(*, kind: str, document_id: int) -> str:
    """Where a document of the ledger has its page; empty for what is no document of ours.

    Asks nothing of the database: a list of movements has a link in every row.
    """
    model = kinds().get(kind)
    return str(model(pk=document_id).get_absolute_url()) if model else ""
