"""The databases of a run: one that is posted to, one whose history is read, and one for each peer."""

import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

PEERS = {"django-hordak": "bench.peers.hordak", "django-ledger": "bench.peers.django_ledger"}


def new_database(name: str, *, beside: str) -> str:
    """Make an empty database on the server of another one; its URL."""
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(beside)._replace(path=f"/{name}"))


def prepared_peers(*, beside: str) -> dict[str, tuple[str, str]]:
    """Let each peer make its tables and accounts; by its name the module that posts, and the URL of its database."""
    prepared = {}
    for name, module in PEERS.items():
        url = new_database(module.replace(".", "_"), beside=beside)
        subprocess.run([sys.executable, "-m", module, "prepare", url], check=True, stdout=subprocess.DEVNULL)
        prepared[name] = (module, url)
    return prepared
