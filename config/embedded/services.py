"""Database and broker together, on a kept folder or on one that is thrown away."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.embedded.account import remove_tree, roots_home, server_account
from config.embedded.broker import BrokerServer
from config.embedded.folder import DataFolder
from config.embedded.postgres import PostgresServer
from config.embedded.supervision import Part


@dataclass(frozen=True)
class Services:
    """The running servers and how they are reached."""

    folder: DataFolder
    database: PostgresServer
    broker: BrokerServer

    @property
    def database_url(self) -> str:
        return self.database.url

    @property
    def owner_url(self) -> str:
        return self.database.owner_url

    @property
    def superuser_url(self) -> str:
        return self.database.superuser_url

    @property
    def broker_url(self) -> str:
        return self.broker.url

    @property
    def pgbench(self) -> Path:
        return self.database.programs / "pgbench"

    def environment(self) -> dict[str, str]:
        """The variables that point Bondbook's settings to these servers; of the database, as its application."""
        return {"DATABASE_URL": self.database_url, "CELERY_BROKER_URL": self.broker_url}

    def owners_environment(self) -> dict[str, str]:
        """The same for whoever makes tables too."""
        return {**self.environment(), "DATABASE_OWNER_URL": self.owner_url}

    def parts(self) -> list[Part]:
        """Both as something to be watched, and started again at the same port when it ends."""
        servers = (self.database, self.broker)
        return [Part(server.start, process=server.process) for server in servers]


@contextmanager
def serve_from(
    folder: DataFolder, *, durable: bool = True, trust: bool = False, database_port: int = 0
) -> Iterator[Services]:
    """Run database and broker on a data folder, and stop them at the end.

    Args:
        durable: False lets a machine's crash lose what was committed; for tests only.
        trust: let local users in without a password.
        database_port: 0 for any free one.

    Raises:
        CannotStart: a server cannot start, or another process uses the folder.
    """
    folder.lock()
    account = server_account()
    database = PostgresServer(folder, account, durable=durable, trust=trust, port=database_port)
    broker = BrokerServer(folder, account, durable=durable)
    try:
        database.start()
        broker.start()
        yield Services(folder, database, broker)
    finally:
        broker.stop()
        database.stop()
        folder.withdraw_announcement()
        folder.release()


@contextmanager
def temporary_services(*, durable: bool = False) -> Iterator[Services]:
    """Run database and broker on a new folder, and remove it at the end."""
    path = Path(tempfile.mkdtemp(prefix="bondbook-"))
    if os.geteuid() == 0:
        # Root's servers run as another user, who must pass through; the folder is ours, just made.
        path.chmod(0o711)
    folder = DataFolder(path)
    try:
        with serve_from(folder, durable=durable) as services:
            yield services
    finally:
        remove(folder)


def remove(folder: DataFolder) -> None:
    """Remove the data folder, and what root's servers kept for it elsewhere."""
    remove_tree(roots_home(folder.path))
    folder.remove()
