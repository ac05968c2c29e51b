"""Files of rows that people bring along: read here, judged and written by registry.operations.loading."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from registry.errors import RuleBroken
from registry.models import User
from registry.operations.loading import Loaded, items, organisations, rates, reference, sites

DATA = Path(__file__).resolve().parent / "data"
Rows = list[dict[str, str]]


class NotAReadableFile(RuleBroken):
    """The file cannot be taken for a table with the expected columns."""

    code = "not-a-readable-file"


def read_csv(path: Path, *, columns: Sequence[str], optional: Sequence[str] = ()) -> Rows:
    """Read a CSV file in UTF-8 whose first line names the columns; cells lose the blanks around them.

    Columns may stand in any order; optional ones may be missing and are read as empty.

    Raises:
        NotAReadableFile: there is no such file, it is not UTF-8, or its columns are not the expected ones.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            heading = [name.strip() for name in next(reader, [])]
            _check_heading(path, heading, columns, optional)
            lines = [line for line in reader if any(cell.strip() for cell in line)]
    except FileNotFoundError as missing:
        raise NotAReadableFile(_("There is no file %(path)s.") % {"path": path}) from missing
    except (UnicodeDecodeError, csv.Error) as broken:
        message = _("%(path)s is not a CSV file in UTF-8: %(problem)s") % {"path": path, "problem": broken}
        raise NotAReadableFile(message) from broken
    empty = dict.fromkeys([*columns, *optional], "")
    return [empty | dict(zip(heading, (cell.strip() for cell in line), strict=False)) for line in lines]


def _check_heading(path: Path, heading: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> None:
    problems = {
        _("missing"): [name for name in columns if name not in heading],
        _("unknown"): [name for name in heading if name not in {*columns, *optional}],
        _("named twice"): sorted({name for name in heading if heading.count(name) > 1}),
    }
    found = "; ".join(f"{problem}: {', '.join(names)}" for problem, names in problems.items() if names)
    if found:
        message = _("The columns of %(path)s are not the expected ones. %(problems)s.")
        raise NotAReadableFile(message % {"path": path, "problems": found})


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its usual name, its columns, and the operation that loads its rows."""

    name: str
    load: Callable[..., Loaded]
    columns: Sequence[str]
    optional: Sequence[str] = ()

    def load_file(self, path: Path, *, actor: User | None, at: datetime) -> Loaded:
        """Read the file and load its rows.

        Raises:
            NotAReadableFile, RowsRefused: nothing of the file was loaded.
        """
        return self.load(rows=read_csv(path, columns=self.columns, optional=self.optional), actor=actor, at=at)


HS_CODES = FileKind("hs6.csv", reference.load_hs_codes, reference.HS_COLUMNS)
UNITS = FileKind("unece-rec20-units.csv", reference.load_units, reference.UNIT_COLUMNS)
ZONES = FileKind("zones.csv", organisations.load_zones, organisations.ZONE_COLUMNS)
ORGANISATIONS = FileKind("organisations.csv", organisations.load_organisations, organisations.ORGANISATION_COLUMNS)
SITES = FileKind("sites.csv", sites.load_sites, sites.SITE_COLUMNS)
PLACES = FileKind("places.csv", sites.load_places, sites.PLACE_COLUMNS)
ITEMS = FileKind("items.csv", items.load_items, items.ITEM_COLUMNS, items.ITEM_OPTIONAL_COLUMNS)
EXCHANGE_RATES = FileKind(
    "exchange_rates.csv", rates.load_exchange_rates, rates.EXCHANGE_RATE_COLUMNS, rates.EXCHANGE_RATE_OPTIONAL_COLUMNS
)
COUNTRY_GROUPS = FileKind("country_groups.csv", rates.load_country_groups, rates.GROUP_COLUMNS)
COUNTRY_GROUP_MEMBERS = FileKind(
    "country_group_members.csv", rates.load_country_group_members, rates.GROUP_MEMBER_COLUMNS
)
TARIFF_RATES = FileKind(
    "tariff_rates.csv", rates.load_tariff_rates, rates.TARIFF_RATE_COLUMNS, rates.TARIFF_RATE_OPTIONAL_COLUMNS
)

REFERENCE = (HS_CODES, UNITS)
# In an order in which each finds what it points to.
REGISTER = (
    ZONES,
    ORGANISATIONS,
    SITES,
    PLACES,
    ITEMS,
    EXCHANGE_RATES,
    COUNTRY_GROUPS,
    COUNTRY_GROUP_MEMBERS,
    TARIFF_RATES,
)


@transaction.atomic
def load_folder(folder: Path, kinds: Sequence[FileKind], *, actor: User | None, at: datetime) -> dict[str, Loaded]:
    """Load the folder's files of these kinds, all or none; a file that is not there is left out.

    Raises:
        NotAReadableFile, RowsRefused: nothing was loaded.
    """
    return {
        kind.name: kind.load_file(folder / kind.name, actor=actor, at=at)
        for kind in kinds
        if (folder / kind.name).is_file()
    }
