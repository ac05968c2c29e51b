"""Which rows all organisations share, and so only the zone's administrator keeps."""

from typing import TypeVar

from django.db import models

Model = TypeVar("Model", bound=type[models.Model])
_SHARED: set[type[models.Model]] = set()


def shared(model: Model) -> Model:
    """Declare that all organisations go by the model's rows; registry.rules and every way to write them look here."""
    _SHARED.add(model)
    return model


def is_shared(model: type[models.Model]) -> bool:
    return model in _SHARED
