"""A connection that gives a server up that has stopped to answer.

PostgreSQL's own timeouts end what takes too long there, and TCP's end what a dead machine leaves behind. Neither helps
where the server still holds the connection and says nothing: stopped, out of memory, waiting for its disk.
"""

from time import monotonic
from typing import Any, TypeVar

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from psycopg.abc import PQGen

from config.patience import Patience

Answer = TypeVar("Answer")
# As psycopg's own: how often it looks whether it shall still wait.
INTERVAL = 0.1
PATIENCE_WHILE_HUNG = 1.0
HUNG_FOR = 10.0


class NoAnswer(psycopg.OperationalError):
    """The server holds the connection and says nothing."""


class BoundedConnection(psycopg.Connection[Any]):
    """Waits for an answer as long as the process may; shorter while another one has just waited in vain.

    So that the threads of a web server are not all spent on a server that is known to hang.
    """

    patience_seconds = 0.0
    hung_until = 0.0

    def wait(self, gen: PQGen[Answer], interval: float = INTERVAL, timeout: float | None = None) -> Answer:
        cls = type(self)
        hung = monotonic() < cls.hung_until
        seconds = timeout or (PATIENCE_WHILE_HUNG if hung else cls.patience_seconds) or None
        try:
            answer = super().wait(gen, interval, timeout=seconds)
        except psycopg.errors._WaitTimeout as silence:
            if timeout:
                raise
            cls.hung_until = monotonic() + HUNG_FOR
            # What the server would still say belongs to nobody.
            self.close()
            raise NoAnswer(f"The database has not answered for {seconds:.0f} seconds.") from silence
        if hung:
            cls.hung_until = 0.0
        return answer


class _Psycopg:
    """psycopg as Django uses it, but for the kind of connection."""

    connect = BoundedConnection.connect

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


class DatabaseWrapper(base.DatabaseWrapper):
    Database: Any = _Psycopg()

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        patience = params.pop("patience", None)
        if not isinstance(patience, Patience):
            raise ImproperlyConfigured("DATABASES lacks OPTIONS['patience'].")
        BoundedConnection.patience_seconds = patience.answer_seconds
        if pool := params.get("pool"):
            pool.setdefault("connection_class", BoundedConnection)
        own = patience.connection_params()
        if given := params.get("options"):
            own["options"] = f"{given} {own['options']}"
        return params | own
