"""Whether this server can do its work, for load balancers and people on call."""

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from config.celery import app

SECONDS = 2
"""How long a dependency has for its answer; /healthz itself answers within three, whatever hangs."""


class Probe:
    """Asks a dependency in a thread of its own, so that one that hangs keeps no request waiting.

    While an earlier question has no answer yet, none is asked again: a dependency that hangs costs one thread.
    """

    def __init__(self, ask: Callable[[], bool]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._asked: tuple[Event, list[bool]] | None = None

    def begin(self) -> None:
        with self._lock:
            if self._asked and not self._asked[0].is_set():
                return
            self._asked = Event(), []
            Thread(target=self._answer, args=self._asked, name="healthz", daemon=True).start()

    def _answer(self, is_done: Event, answer: list[bool]) -> None:
        try:
            answer.append(self._ask())
        finally:
            is_done.set()

    def answered_by(self, deadline: float) -> bool:
        """Whether a good answer came to what was asked last."""
        is_done, answer = self._asked or (Event(), [])
        return is_done.wait(max(deadline - monotonic(), 0)) and answer == [True]


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _broker_answers() -> bool:
    try:
        with app.connection(settings.CELERY_BROKER_URL, connect_timeout=SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=SECONDS)
    except (OperationalError, OSError):
        return False
    return True


PROBES = {"database": Probe(_database_answers), "broker": Probe(_broker_answers)}


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database and broker answer, else 503 naming what does not; nothing else is told."""
    for probe in PROBES.values():
        probe.begin()
    deadline = monotonic() + SECONDS
    answers = {name: probe.answered_by(deadline) for name, probe in PROBES.items()}
    return JsonResponse(
        {name: "ok" if ok else "no answer" for name, ok in answers.items()},
        status=200 if all(answers.values()) else 503,
    )
