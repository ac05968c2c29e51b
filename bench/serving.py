"""The web server whose REST API is measured, as docs/operators.md starts it, and somebody who may use it."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from bench.sizes import PROCESSES
from config.embedded.ports import LOOPBACK, free_port
from registry.models import Role, Site, User
from registry.operations.memberships import grant_membership
from registry.operations.tokens import create_token

WAIT_SECONDS = 60


@contextmanager
def serving() -> Iterator[str]:
    """Run the web server with as many workers as there are clients; its address.

    Raises:
        RuntimeError: it does not answer in time.
    """
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "config.wsgi:application",
            f"--bind={LOOPBACK}:{port}",
            "--worker-class=gthread",
            f"--workers={PROCESSES}",
            "--threads=2",
            # Clients that are ready early wait for the others on a connection that stays open.
            f"--keep-alive={WAIT_SECONDS}",
            "--log-level=warning",
        ],
        # It logs every request, as always; nobody reads it here.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"The web server did not answer within {WAIT_SECONDS} seconds.")


def token_of_operator(*, site: Site, at: datetime) -> str:
    """A token that acts for a new operator of the site."""
    operator = User.objects.create_user("bench@example.com", name="Synthetic operator")
    grant_membership(user=operator, organisation=site.organisation, role=Role.OPERATOR, site=site, actor=None, at=at)
    return create_token(user=operator, days=1, at=at).secret
