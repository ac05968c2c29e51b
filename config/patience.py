"""How long a process waits for the database: a web server not long, because a person waits; others longer.

`config.wsgi` says that it is a web server. Everything else is a worker, or a command that somebody started.
"""

import os
from dataclasses import dataclass, replace

import environ


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. A statement may take so long, wait so long for a lock, a transaction stand idle so long."""

    connect_seconds: int
    statement_seconds: int
    lock_seconds: int
    idle_seconds: int

    @property
    def answer_seconds(self) -> float:
        """After the server should have ended the statement itself, it is not going to."""
        return self.statement_seconds + 5.0 if self.statement_seconds else 0.0

    def connection_params(self) -> dict[str, object]:
        """What libpq is told, on the way and for the session."""
        session = {
            "statement_timeout": self.statement_seconds,
            "lock_timeout": self.lock_seconds,
            "idle_in_transaction_session_timeout": self.idle_seconds,
        }
        told = " ".join(f"-c {name}={seconds}s" for name, seconds in session.items())
        return {
            "connect_timeout": self.connect_seconds,
            # A peer that does not even acknowledge, as after a network's end. In milliseconds.
            "tcp_user_timeout": 1000 * max(self.connect_seconds, 10),
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            # libpq would leave PGOPTIONS aside.
            "options": f"{os.environ.get('PGOPTIONS', '')} {told}".strip(),
        }


WEB = Patience(connect_seconds=3, statement_seconds=30, lock_seconds=10, idle_seconds=60)
WORK = Patience(connect_seconds=10, statement_seconds=3600, lock_seconds=120, idle_seconds=3600)
# Whoever migrates waits for no lock: behind it every page would wait, too.
MIGRATION = replace(WORK, statement_seconds=0, lock_seconds=20)


def patience_of(env: environ.Env) -> Patience:
    """Of this process, as the operator wishes it."""
    usual = WEB if env.str("BONDBOOK_PART", default="") == "web" else WORK
    return Patience(
        connect_seconds=env.int("DATABASE_CONNECT_SECONDS", default=usual.connect_seconds),
        statement_seconds=env.int("DATABASE_STATEMENT_SECONDS", default=usual.statement_seconds),
        lock_seconds=env.int("DATABASE_LOCK_SECONDS", default=usual.lock_seconds),
        idle_seconds=env.int("DATABASE_IDLE_SECONDS", default=usual.idle_seconds),
    )
