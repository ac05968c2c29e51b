"""Under which account the embedded servers run, and what that account can reach.

PostgreSQL refuses to run as root. As root it therefore runs as an unprivileged user, who often can enter
neither the clone nor the data folder. Then the server's files and its data go under /var/lib/bondbook:
opening folders that belong to others is not ours to do.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.errors import CannotStart

ROOTS_PLACE = Path("/var/lib/bondbook")
UNPRIVILEGED = ("bondbook", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The user that a server runs as; `switch` is False when it is the one who starts it."""

    uid: int
    gid: int
    switch: bool

    def popen_arguments(self) -> dict[str, Any]:
        """What subprocess needs in order to start a program as this user, with no other group."""
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        return self._succeeds("/bin/sh", "-c", 'cd "$1"', "sh", str(folder))

    def can_run(self, program: Path) -> bool:
        return self._succeeds(str(program), "--version")

    def _succeeds(self, *command: str) -> bool:
        try:
            done = subprocess.run(command, cwd="/", capture_output=True, check=False, **self.popen_arguments())
        except OSError:
            return False
        return done.returncode == 0


def server_account() -> Account:
    """The account for the servers: the present user, or as root the first unprivileged one there is.

    BONDBOOK_SERVER_USER names another one for root.

    Raises:
        CannotStart: root, and no such user exists.
    """
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), switch=False)
    named = os.environ.get("BONDBOOK_SERVER_USER")
    for name in [named] if named else UNPRIVILEGED:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if user.pw_uid != 0:
            return Account(uid=user.pw_uid, gid=user.pw_gid, switch=True)
    raise CannotStart(
        "PostgreSQL does not run as root, and no other user was found to run it as. "
        "Start Bondbook as an ordinary user, or name one: BONDBOOK_SERVER_USER=..."
    )


def roots_place(purpose: str) -> Path:
    """A folder under /var/lib/bondbook that everyone may pass through.

    Raises:
        CannotStart: it cannot be made.
    """
    place = Path(os.environ.get("BONDBOOK_ROOTS_PLACE", ROOTS_PLACE)) / purpose
    try:
        for folder in (place.parent, place):
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(0o711)
    except OSError as error:
        raise CannotStart(
            f"The database needs a folder that an unprivileged user can reach, and {place} cannot be made: "
            f"{error.strerror}. Name another one: BONDBOOK_ROOTS_PLACE=..."
        ) from error
    return place


def home_for(account: Account, data: Path, identity: str, server: str) -> Path:
    """The folder in which a server keeps its files: inside the data folder wherever the account can go there.

    Args:
        data: the data folder.
        identity: what tells this data folder from an earlier one at the same path.
        server: the server's name, such as postgres.
    """
    home = data / server
    if not account.can_enter(data):
        home = _roots_home_of(data, identity) / server
    if not home.exists():
        home.mkdir(mode=0o700)
        if account.switch:
            os.chown(home, account.uid, account.gid)
    return home


def _roots_home_of(data: Path, identity: str) -> Path:
    place = roots_home(data)
    mark = place / "data-folder"
    owner = f"{identity} {data}\n"
    if place.exists() and (not mark.exists() or mark.read_text() != owner):
        # Its data folder was deleted without `make demo-reset`, and with it the passwords to what lies here.
        remove_tree(place)
    roots_place(place.name)
    mark.write_text(owner)
    return place


def remove_tree(folder: Path) -> None:
    """Remove a folder in a way that never leaves half of it under its name."""
    condemned = folder.with_name(f"{folder.name}.removed")
    shutil.rmtree(condemned, ignore_errors=True)
    if folder.exists():
        folder.rename(condemned)
        shutil.rmtree(condemned, onerror=_unless_gone)


def _unless_gone(_function: object, _path: str, failure: tuple[type[BaseException], BaseException, object]) -> None:
    """A server that is still going down removes files of its own meanwhile; what is gone is no failure."""
    if not isinstance(failure[1], FileNotFoundError):
        raise failure[1]


def roots_home(data: Path) -> Path:
    """Where root's servers keep what belongs to a data folder that they cannot enter."""
    name = "data-" + hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(os.environ.get("BONDBOOK_ROOTS_PLACE", ROOTS_PLACE)) / name


def program_for(account: Account, package: str, distribution: str, program: str) -> Path:
    """The path of a package's program, copied to where the account can run it if need be.

    Args:
        package: the import name of the package that ships the program.
        distribution: its name as installed; its version names the copy.
        program: the program's path inside the package.

    Raises:
        CannotStart: the package is not installed or its program does not run here.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStart(f"{distribution} is not installed. Run `make install`.")
    installed = Path(spec.origin).parent
    if account.can_run(installed / program):
        return installed / program
    copy = None
    if account.switch:
        version = importlib.metadata.version(distribution)
        copy = roots_place("programs") / f"{distribution}-{version}"
        if not copy.exists():
            _copy_for_everyone(installed, copy)
        if account.can_run(copy / package / program):
            return copy / package / program
    raise CannotStart(
        f"{program} does not run on this machine: {copy or installed}. On a processor or system that "
        f"{distribution} does not serve, name servers of your own with DATABASE_URL and CELERY_BROKER_URL."
    )


def _copy_for_everyone(installed: Path, copy: Path) -> None:
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.copytree(installed, unfinished / installed.name, symlinks=True)
    # The libraries that the wheel brought along; programs look for them beside their package.
    libraries = installed.with_name(f"{installed.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for path in [unfinished, *unfinished.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        unfinished.rename(copy)
    except OSError:
        # Another start was first with the same copy.
        shutil.rmtree(unfinished)
