"""`make demo`: all of Bondbook on one machine, with a year of data to look at."""

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from config.embedded.errors import CannotStart
from config.embedded.folder import DataFolder
from config.embedded.ports import LOOPBACK, is_free
from config.embedded.process import Process
from config.embedded.services import Services, serve_from
from config.embedded.stopping import ignore_further_requests
from config.embedded.supervision import MOST_RESTARTS, WITHIN_SECONDS, Part, watch

PROJECT = Path(__file__).resolve().parents[2]
WEB_PROCESSES = 2
WEB_THREADS = 8
LOADING_MARK = "demo-data-is-loading"


def run_demo(*, port: int, data: Path, empty: bool = False) -> int:
    """Run until asked to stop; 1 when a part of it ended by itself more often than starting it again would mend.

    Args:
        empty: leave the demo year out.

    Raises:
        CannotStart: with the reason and a way out.
    """
    began = time.monotonic()
    folder = DataFolder(data)
    folder.lock()
    if not is_free(port):
        raise CannotStart(f"Port {port} is taken by another program. Choose another one: make demo PORT={port + 1}")
    _say("Starting database and broker ...")
    with serve_from(folder) as services:
        environment = demo_environment(services)
        _prepare(services, environment, empty=empty)
        _say("Starting web server and workers ...")
        parts = _parts(folder, environment, port)
        try:
            for part in parts:
                part.start()
            address = f"http://{LOOPBACK}:{port}/"
            folder.announce(address=address, **_announced(environment))
            _show_sign_ins(folder)
            _say(
                f"Bondbook runs at {address} (ready after {time.monotonic() - began:.0f} s, data in {folder.path}).\n"
                "Ctrl-C stops it; `make demo-reset` begins anew."
            )
            ended = watch([*services.parts(), *parts], say=_say)
            _say(
                f"{ended.title} ended more than {MOST_RESTARTS} times within {WITHIN_SECONDS // 60} minutes; starting "
                f"it again does not mend that.{ended.last_words()}\nStopping the rest."
            )
            return 1
        finally:
            ignore_further_requests()
            _say("Stopping ...")
            for part in reversed(parts):
                part.stop()


def demo_environment(services: Services) -> dict[str, str]:
    """The environment of every process of the demonstration; what the caller exported is kept elsewhere."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"},
        **services.environment(),
        "BONDBOOK_MODE": "demo",
        "SECRET_KEY": services.folder.secrets["secret_key"],
        "STATIC_ROOT": str(services.folder.path / "static"),
        "MEDIA_ROOT": str(services.folder.path / "media"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }


def _announced(environment: dict[str, str]) -> dict[str, str]:
    names = ("BONDBOOK_MODE", "DATABASE_URL", "CELERY_BROKER_URL", "SECRET_KEY", "STATIC_ROOT", "MEDIA_ROOT")
    return {name: environment[name] for name in names}


def _prepare(services: Services, environment: dict[str, str], *, empty: bool) -> None:
    mark = services.folder.path / LOADING_MARK
    if mark.exists():
        _say("The last start was broken off while it loaded data; beginning anew ...")
        services.database.drop_database()
        services.database.make_database()
        mark.unlink()
    preparing = Process(
        "The preparation",
        [
            *(sys.executable, "-m", "config.embedded.prepare", str(services.folder.path)),
            *(["--empty"] if empty else []),
        ],
        log=services.folder.log("prepare"),
        # Nobody relies on data that is not loaded yet; waiting for the disk at each step would only take time.
        # It alone makes tables; who serves and works never learns the owner's password.
        environment={**environment, **services.owners_environment(), "PGOPTIONS": "-c synchronous_commit=off"},
        cwd=PROJECT,
    )
    shown = services.folder.log("prepare").stat().st_size
    try:
        while preparing.exit_code is None:
            shown = _pass_on(services.folder.log("prepare"), shown)
            time.sleep(0.1)
        if preparing.exit_code:
            raise CannotStart(f"The data could not be prepared.{preparing.last_words()}")
        _pass_on(services.folder.log("prepare"), shown)
    finally:
        preparing.stop()


def _pass_on(log: Path, shown: int) -> int:
    """Repeat on the terminal what the preparation says to people: the lines that begin with an asterisk."""
    with log.open("rb") as file:
        file.seek(shown)
        written = file.read()
    complete = written[: written.rfind(b"\n") + 1]
    for line in complete.decode(errors="replace").splitlines():
        if line.startswith("* "):
            _say(line[2:])
    return shown + len(complete)


def _parts(folder: DataFolder, environment: dict[str, str], port: int) -> list[Part]:
    """What runs beside the servers; the web server last, because whoever waits for it waits for all."""
    python = sys.executable

    def part(title: str, log: str, *command: str, **own: str) -> Callable[[], Process]:
        return lambda: Process(
            title,
            [python, "-m", *command],
            log=folder.log(log),
            environment={**environment, **own},
            cwd=PROJECT,
        )

    worker = part(
        "The worker", "worker", *("celery", "--app=config", "worker", "--concurrency=2", "--hostname=bondbook@%h")
    )
    timetable = part("The timetable", "beat", "celery", "--app=config", "beat", "--pidfile=")
    web_server = part(
        "The web server",
        "web",
        *("gunicorn", "config.wsgi:application", f"--bind={LOOPBACK}:{port}"),
        *(f"--workers={WEB_PROCESSES}", "--worker-class=gthread", f"--threads={WEB_THREADS}"),
        *("--graceful-timeout=10", "--no-control-socket", "--access-logfile=-"),
        DATABASE_POOL_SIZE=str(WEB_THREADS),
    )
    return [Part(worker), Part(timetable), Part(web_server, is_ready=lambda: _is_healthy(port))]


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _show_sign_ins(folder: DataFolder) -> None:
    path = folder.path / "sign-ins.txt"
    if path.exists():
        _say(path.read_text().rstrip())


def _say(text: str) -> None:
    print(text, flush=True)
