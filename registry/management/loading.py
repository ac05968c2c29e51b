"""What the loading commands share: a dry run, what was done, and every wrong cell by line and column."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from registry.encodings import ENCODINGS
from registry.errors import FieldError, RuleBroken
from registry.importers import DATA, FileKind
from registry.operations.loading import Loaded

MOST_ERRORS = 50


class LoadCommand(BaseCommand):
    """Load files of `kinds`, all or none; may be repeated."""

    kinds: tuple[FileKind, ...] = ()
    # Where the file is found when none is named; nowhere, where it has to be named.
    default_folder: Path | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Judge every row, tell what would be done, do nothing."
        )
        parser.add_argument("--encoding", choices=ENCODINGS, default="", help="Of the text, where it is not UTF-8.")
        if len(self.kinds) == 1:
            parser.add_argument(
                "file", type=Path, nargs="?" if self.default_folder else None, help="CSV in UTF-8, or XLSX."
            )

    def paths(self, options: dict[str, Any]) -> list[tuple[FileKind, Path]]:
        if options.get("file"):
            return [(self.kinds[0], options["file"])]
        folder = options.get("folder") or self.default_folder or DATA
        return [(kind, folder / kind.name) for kind in self.kinds]

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            for kind, path in self.paths(options):
                self._load(kind, path, options)
            if options["dry_run"]:
                transaction.set_rollback(True)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")

    def _load(self, kind: FileKind, path: Path, options: dict[str, Any]) -> None:
        lines: Sequence[int] = ()
        try:
            sheet = kind.read(path, encoding=options["encoding"])
            lines = sheet.lines
            loaded = kind.load_sheet(sheet, actor=None, at=timezone.now())
        except RuleBroken as broken:
            raise CommandError(self._told(path, broken, lines)) from broken
        if options["verbosity"]:
            self.stdout.write(f"{path.name}: {_in_words(loaded)}")

    def _told(self, path: Path, broken: RuleBroken, lines: Sequence[int]) -> str:
        cells = [error for error in broken.errors if error.row is not None]
        told = [f"{path}: {broken}", *(_line(error, lines) for error in cells[:MOST_ERRORS])]
        more = len(cells) - MOST_ERRORS + getattr(broken, "left_out", 0)
        if more > 0:
            told.append(f"... and {more} more.")
        return "\n".join(told)


def _in_words(loaded: Loaded) -> str:
    return f"{loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged"


def _line(error: FieldError, lines: Sequence[int]) -> str:
    figure = "" if error.figure is None else f" “{error.figure}”"
    return f"  line {lines[error.row or 0]}, {error.field or 'row'}{figure}: {error.message}"
