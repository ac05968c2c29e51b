"""The data folder: everything one installation keeps, and nothing outside it but what root must move."""

import fcntl
import hashlib
import json
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Any

from config.embedded.account import remove_tree
from config.embedded.errors import CannotStart

MARK = "bondbook-data"
MARK_TEXT = "This folder belongs to Bondbook. `make demo-reset` removes it.\n"


class DataFolder:
    """A folder that one running Bondbook holds at a time.

    Args:
        path: where it is, or shall be made; its parent folders are made too, never changed.

    Raises:
        CannotStart: the folder holds someone else's files or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Others may pass through a folder made by root, because root's servers run as another user;
            # what is secret inside is closed to them file by file.
            self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
            if not self.is_ours and any(self.path.iterdir()):
                raise CannotStart(
                    f"{self.path} holds files that are not Bondbook's. Choose an empty or a new folder: DATA=..."
                )
            if not self.is_ours:
                (self.path / MARK).write_text(MARK_TEXT)
            (self.path / "log").mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CannotStart(f"The data folder {self.path} cannot be used: {error.strerror}.") from error
        self._lock_file: Any = None

    @property
    def is_ours(self) -> bool:
        return (self.path / MARK).is_file()

    def log(self, name: str) -> Path:
        return self.path / "log" / f"{name}.log"

    def lock(self) -> None:
        """Hold the folder until the process ends, even if it is killed; again by the same holder is nothing.

        Raises:
            CannotStart: another process holds it.
        """
        if self._lock_file:
            return
        lock_file = open(self.path / "lock", "a+", encoding="utf-8")  # noqa: SIM115 - held open on purpose
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock_file.seek(0)
            holder = lock_file.read().strip() or "unknown"
            lock_file.close()
            address = self.connections().get("address", "")
            raise CannotStart(
                f"Already running on {self.path} (process {holder})"
                + (f", at {address}" if address else "")
                + ". Stop it first, or start this one on a folder and port of its own: make demo DATA=... PORT=..."
            ) from None
        lock_file.truncate(0)
        lock_file.write(f"{os.getpid()}\n")
        lock_file.flush()
        self._lock_file = lock_file

    def release(self) -> None:
        """Let another process have the folder."""
        if self._lock_file:
            self._lock_file.close()
            self._lock_file = None

    @cached_property
    def secrets(self) -> dict[str, str]:
        """Passwords and keys of this installation, made once."""
        return self._read_or_make("secrets.json")

    @property
    def identity(self) -> str:
        """What tells this folder from an earlier or later one at the same path."""
        return hashlib.sha256(self.secrets["secret_key"].encode()).hexdigest()[:16]

    def _read_or_make(self, name: str) -> dict[str, str]:
        path = self.path / name
        stored: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        # A folder of an earlier version lacks what has been added since.
        made = {
            "secret_key": secrets.token_urlsafe(48),
            "superuser": secrets.token_hex(24),
            "owner": secrets.token_hex(24),
            "bondbook": secrets.token_hex(24),
            "broker": secrets.token_hex(24),
        } | stored
        if made != stored:
            self.write_private(name, json.dumps(made, indent=1))
        return made

    def write_private(self, name: str, text: str) -> None:
        """Write a file that only its owner may read, in one step."""
        unfinished = self.path / f"{name}.new"
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        unfinished.replace(self.path / name)

    def announce(self, **connections: str) -> None:
        """Say to other commands on this machine how the running servers are reached."""
        self.write_private("connections.json", json.dumps(connections, indent=1))

    def connections(self) -> dict[str, str]:
        """What the running Bondbook announced; empty when none runs."""
        try:
            announced: dict[str, str] = json.loads((self.path / "connections.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return announced

    def withdraw_announcement(self) -> None:
        (self.path / "connections.json").unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove the folder and all it holds; the mark goes last, so that a broken-off removal can go on."""
        for entry in self.path.iterdir():
            if entry.name in (MARK, "lock"):
                continue
            if entry.is_dir() and not entry.is_symlink():
                remove_tree(entry)
            else:
                entry.unlink()
        (self.path / "lock").unlink(missing_ok=True)
        (self.path / MARK).unlink()
        try:
            self.path.rmdir()
        except OSError:
            # A folder that is a mount point, or lies in a folder of someone else's, stays behind empty.
            return
