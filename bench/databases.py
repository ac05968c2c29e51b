"""The databases of a run: one that is posted to, one whose history is read, and one for each peer."""

import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

PEERS = {"django-hordak": "bench.peers.hordak", "django-ledger": "bench.peers.django_ledger"}

PREPARED_WITHIN_SECONDS = 300


def new_database(name: str, *, beside: str) -> str:
    """Make an empty database on the server of another one; its URL."""
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(beside)._replace(path=f"/{name}"))


class PeerFailed(RuntimeError):
    """A peer could not be prepared; the last line that it said is told."""


def prepared_peers(*, beside: str) -> dict[str, tuple[str, str] | PeerFailed]:
    """Let each peer make its tables and accounts; by its name the module that posts, and the URL of its database.

    One that cannot - it is not installed, it dies - is told with why, and the others are prepared.
    """
    prepared: dict[str, tuple[str, str] | PeerFailed] = {}
    for name, module in PEERS.items():
        url = new_database(module.replace(".", "_"), beside=beside)
        command = [sys.executable, "-m", module, "prepare", url]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=PREPARED_WITHIN_SECONDS)
        except subprocess.CalledProcessError as died:
            said = died.stderr.strip().splitlines() or [f"exit code {died.returncode}"]
            prepared[name] = PeerFailed(f"not prepared: {said[-1]}")
        except subprocess.TimeoutExpired as late:
            prepared[name] = PeerFailed(f"not prepared within {late.timeout:.0f} s")
        else:
            prepared[name] = (module, url)
    return prepared
