from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from registry.importers import REGISTER, FileKind
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load a folder of CSV files into the register, in the right order, all or none."
    kinds: tuple[FileKind, ...] = REGISTER

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help=f"Holds any of {', '.join(kind.name for kind in self.kinds)}.")

    def paths(self, options: dict[str, Any]) -> list[tuple[FileKind, Path]]:
        return [(kind, path) for kind, path in super().paths(options) if path.is_file()]
