"""The files of a statement. Each format prints the figures of StatementContent and reckons none."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fuel.statement_content import StatementContent
from fuel.statement_files.csv_file import write_csv
from fuel.statement_files.json_file import write_json
from fuel.statement_files.pdf_file import write_pdf
from fuel.statement_files.xlsx_file import write_xlsx
from fuel.statement_files.xml_file import write_xml


@dataclass(frozen=True, slots=True)
class StatementFormat:
    content_type: str
    suffix: str
    write: Callable[[StatementContent], Iterator[bytes]]


FORMATS: Mapping[str, StatementFormat] = {
    "pdf": StatementFormat("application/pdf", "pdf", write_pdf),
    "csv": StatementFormat("text/csv; charset=utf-8", "csv", write_csv),
    "xlsx": StatementFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", write_xlsx),
    "json": StatementFormat("application/json", "json", write_json),
    "xml": StatementFormat("application/xml", "xml", write_xml),
}
