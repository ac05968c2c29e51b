"""Bondbook refuses to start in production with settings that are fit only for trying it out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.safety import SECRET_KEY_FOR_TRYING_OUT, refuse_unsafe_start

GOOD_KEY = "k" * 50
GOOD = {
    "mode": "production",
    "debug": False,
    "secret_key": GOOD_KEY,
    "allowed_hosts": ["bondbook.example"],
    "database_url": "postgres://db/bondbook",
}


def test_good_production_settings_are_accepted() -> None:
    refuse_unsafe_start(**GOOD)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"debug": True}, "DEBUG"),
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": SECRET_KEY_FOR_TRYING_OUT}, "SECRET_KEY"),
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"database_url": ""}, "DATABASE_URL"),
        ({"mode": "prod"}, "BONDBOOK_MODE"),
    ],
)
def test_unsafe_production_settings_are_refused_by_name(change: dict[str, object], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse_unsafe_start(**{**GOOD, **change})


def test_every_reason_is_given_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_unsafe_start(mode="production", debug=True, secret_key="", allowed_hosts=[], database_url="")
    for name in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        assert name in str(refusal.value)


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_trying_it_out_needs_no_settings(mode: str) -> None:
    refuse_unsafe_start(mode=mode, debug=True, secret_key=SECRET_KEY_FOR_TRYING_OUT, allowed_hosts=[], database_url="")


def _start(project: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_empty_environment_does_not_start(project: Path) -> None:
    started = _start(project)
    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr
    assert "make demo" in started.stderr


def test_a_whole_production_environment_starts(project: Path) -> None:
    started = _start(
        project,
        SECRET_KEY=GOOD_KEY,
        ALLOWED_HOSTS="bondbook.example",
        DATABASE_URL="postgres://bondbook:secret@db.example/bondbook",
    )
    assert started.returncode == 0, started.stderr


def test_a_session_that_an_earlier_key_signed_goes_on_while_the_key_is_changed(project: Path) -> None:
    def ran(code: str, **variables: str) -> str:
        environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", "BONDBOOK_MODE": "test"}
        return subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); from django.core import signing; {code}"],
            cwd=project,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    signed = ran("print(signing.dumps('alice'))", SECRET_KEY="old" * 20)
    read = f"print(signing.loads('{signed}'))"
    assert ran(read, SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS="old" * 20) == "alice"
    with pytest.raises(subprocess.CalledProcessError):
        ran(read, SECRET_KEY="new" * 20)
