"""What a data folder needs before the web server starts: tables, translations, static files, demo data.

Run by the launcher in a process of its own; each step is skipped when it has nothing to do.
Lines that begin with an asterisk are shown to the person who waits.
"""

import hashlib
import json
import sys
from pathlib import Path

import django
from django.apps import apps
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.catalogues import compile_catalogues
from config.demonstration import demo_sign_ins
from config.embedded.demo import LOADING_MARK, PROJECT
from registry.database.guards import fingerprint
from registry.database.roles import as_owner

STATIC_MARK = "static-files"
GUARDS_MARK = "database-guards"
TABLES_MARK = "tables-made-by.json"


def prepare(folder: Path, *, empty: bool) -> None:
    """Bring the folder up to the code's state."""
    _migrate(folder)
    _collect_static(folder)
    if not empty:
        _load_demo_year(folder)
        _write_sign_ins(folder)


def _migrate(folder: Path) -> None:
    mark = folder / GUARDS_MARK
    executor = MigrationExecutor(connection)
    _require_same_tables(folder, executor)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _tell("Making the tables ...")
    elif mark.exists() and mark.read_text() == fingerprint():
        return
    # First what makes them: a start that is broken off meanwhile goes on with the next.
    (folder / TABLES_MARK).write_text(json.dumps(_own_migrations(executor), indent=1))
    # Also where no table is new: functions, triggers and rights are.
    call_command("migrate", interactive=False, verbosity=0)
    mark.write_text(fingerprint())


def _require_same_tables(folder: Path, executor: MigrationExecutor) -> None:
    """Refuse tables that other migrations have made than those that bear their names now.

    Until a first release, an app's first migration is written anew instead of being followed by others.
    """
    applied = {".".join(one) for one in executor.loader.applied_migrations}
    present = _own_migrations(executor)
    mark = folder / TABLES_MARK
    made: dict[str, str] = json.loads(mark.read_text()) if mark.exists() else {}
    own_apps = {name.partition(".")[0] for name in present}
    changed = [name for name in applied if name.partition(".")[0] in own_apps and made.get(name) != present.get(name)]
    if changed:
        raise SystemExit(
            f"{folder} holds data of another version of Bondbook, whose tables differ ({min(changed)}). "
            "`make demo-reset` removes it; `make demo DATA=...` keeps it and begins beside it."
        )


def _own_migrations(executor: MigrationExecutor) -> dict[str, str]:
    """What each migration of this project says, by its name."""
    found = {}
    for (app, name), migration in executor.loader.disk_migrations.items():
        path = Path(sys.modules[type(migration).__module__].__file__ or "")
        if PROJECT in path.parents and ".venv" not in path.parts:
            found[f"{app}.{name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _collect_static(folder: Path) -> None:
    fingerprint = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            fingerprint.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    mark = folder / STATIC_MARK
    if mark.exists() and mark.read_text() == fingerprint.hexdigest():
        return
    _tell("Collecting pictures, styles and scripts ...")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(fingerprint.hexdigest())


def _load_demo_year(folder: Path) -> None:
    if apps.get_model("registry", "User").objects.exists() or "load_demo" not in get_commands():
        return
    _tell("Loading the demo year: this takes a minute or two, the first time only ...")
    mark = folder / LOADING_MARK
    mark.touch()
    call_command("load_demo")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    mark.unlink()


def _write_sign_ins(folder: Path) -> None:
    lines = [f"  {sign_in.title}: {sign_in.email} / {sign_in.password}" for sign_in in demo_sign_ins()]
    if lines:
        (folder / "sign-ins.txt").write_text("\n".join(["", "Sign in as", *lines, ""]))


def _tell(text: str) -> None:
    print(f"* {text}", flush=True)


if __name__ == "__main__":
    compile_catalogues()
    django.setup()
    prepare(Path(sys.argv[1]), empty="--empty" in sys.argv)
