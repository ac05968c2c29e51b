"""The files of a statement. Each format prints the figures of StatementContent and reckons none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import chain

from fuel.billing.statement_content import StatementContent


@dataclass(frozen=True, slots=True)
class StatementFormat:
    """One format; `write_<suffix>` of the module `<suffix>_file` writes it."""

    content_type: str
    suffix: str

    def write(self, content: StatementContent) -> Iterator[bytes]:
        """The file bit by bit.

        Raises:
            FailsSchema: of XML.
        """
        # Only now: the printers of PDF and XML take a sixth of a second to import, and every process names the formats.
        module = import_module(f"{__name__}.{self.suffix}_file")
        pieces: Iterator[bytes] = getattr(module, f"write_{self.suffix}")(content)
        # The first bit is made before anything is answered: what cannot be written is refused and not cut off.
        return chain([next(pieces)], pieces)


FORMATS: Mapping[str, StatementFormat] = {
    one.suffix: one
    for one in (
        StatementFormat("application/pdf", "pdf"),
        StatementFormat("text/csv; charset=utf-8", "csv"),
        StatementFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        StatementFormat("application/json", "json"),
        StatementFormat("application/xml", "xml"),
    )
}
