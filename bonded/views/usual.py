"""What a new document most likely begins with."""

from typing import Any

from registry.models import User


def usual_owner_code(model: Any, user: User) -> str:
    """The goods owner whose document of this kind the user prepared last; empty before the first."""
    last = model._default_manager.filter(prepared_by=user).select_related("owner").order_by("-pk").first()
    return last.owner.code if last is not None else ""
