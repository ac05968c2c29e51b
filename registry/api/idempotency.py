"""The header Idempotency-Key: a request that comes twice acts once, and is answered the same."""

import json
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from registry.errors import Conflict, FieldError, RuleBroken
from registry.models import AnsweredRequest, User

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST_KEY = 255
# Request keys of documents are made in this namespace, from who sends and with which key.
_DOCUMENTS = UUID("0f7c0f2e-53a4-5f0e-9b64-5f4b1e1f6d10")


class NotAnIdempotencyKey(RuleBroken):
    """The header is empty, too long or not printable."""

    code = "not-an-idempotency-key"
    status = 400


class IdempotencyKeyReused(Conflict):
    """The key came before, with another request."""

    code = "idempotency-key-reused"


class Idempotent(APIView):
    """A view whose POST may carry an idempotency key.

    The key is kept in the same database transaction as what the request does, so there is no moment at which one is
    there without the other. A refused request has done nothing: its key is not kept, and may come again.
    """

    post: Any

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Read before anything parses the stream, which can be read only once.
        body = request.body if self.idempotency_key else b""
        super().initial(request, *args, **kwargs)
        if self.idempotency_key and hasattr(self, "post"):
            self.post = self._answering_once(self.post, body)

    @cached_property
    def idempotency_key(self) -> str:
        """The key that came with a POST; empty without one."""
        given = self.request.headers.get(HEADER)
        if self.request.method != "POST" or given is None:
            return ""
        key = given.strip()
        if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
            message = _("An idempotency key has 1 to %(most)s printable ASCII characters.") % {"most": LONGEST_KEY}
            raise NotAnIdempotencyKey(message, errors=[FieldError(message, field=HEADER, figure=key)])
        return key

    @cached_property
    def request_key(self) -> UUID:
        """What tells a document's creation from another: the same for the same user and idempotency key."""
        if not self.idempotency_key:
            return uuid4()
        return uuid5(_DOCUMENTS, f"{self.request.user.pk}:{self.idempotency_key}")

    def _answering_once(self, act: Callable[..., Response], body: bytes) -> Callable[..., Response]:
        def answer(request: Request, *args: Any, **kwargs: Any) -> Response:
            with transaction.atomic():
                kept = _kept(request, self.idempotency_key, body)
                if kept.status is not None:
                    return Response(_content(kept), status=kept.status, headers={REPLAYED: "true"})
                response = act(request, *args, **kwargs)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
                else:
                    kept.status = response.status_code
                    kept.answer = JSONRenderer().render(response.data).decode()
                    kept.save(update_fields=["status", "answer"])
                return response

        return answer


def _kept(request: Request, key: str, body: bytes) -> AnsweredRequest:
    """The row of the key: one with an answer, or one of our own that has none yet.

    The insert waits for whoever is inserting the same key at this moment, so of two requests at once one acts.

    Raises:
        IdempotencyKeyReused: the key came before with another method, path or body.
    """
    asked = AnsweredRequest(
        user=cast("User", request.user),
        key=key,
        method=request.method or "",
        path=request.path,
        body_hash=salted_hmac("registry.idempotency", body, algorithm="sha256").digest(),
        received_at=timezone.now(),
    )
    AnsweredRequest.objects.bulk_create([asked], ignore_conflicts=True)
    kept = AnsweredRequest.objects.get(user=asked.user, key=key)
    if (kept.method, kept.path, bytes(kept.body_hash)) != (asked.method, asked.path, asked.body_hash):
        message = _("This idempotency key came before with another request. Send every new request with a new key.")
        raise IdempotencyKeyReused(message, errors=[FieldError(message, field=HEADER, figure=key)])
    return kept


def _content(kept: AnsweredRequest) -> Any:
    return json.loads(kept.answer) if kept.answer else None
