"""Files of rows that people bring along: read here, judged and written by registry.operations.loading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from registry.errors import NotAReadableFile
from registry.models import User
from registry.operations.loading import Loaded, items, organisations, rates, reference, sites
from registry.operations.loading.rows import refuse_if_any
from registry.uploads import Sheet, UnexpectedColumns, in_utf8, read_table

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its usual name, its columns, and the operation that loads its rows."""

    name: str
    load: Callable[..., Loaded]
    columns: Sequence[str]
    optional: Sequence[str] = ()

    def read(self, path: Path, *, encoding: str = "") -> Sheet:
        """The file as a table, by the rules of registry.uploads.

        Raises:
            NotAReadableFile: there is no such file, its text is in another encoding, or it has other columns.
        """
        try:
            content = in_utf8(path.read_bytes(), encoding=encoding)
            return read_table(content, columns=self.columns, optional=self.optional, most_bytes=None)
        except FileNotFoundError as missing:
            raise NotAReadableFile(_("There is no file %(path)s.") % {"path": path}) from missing
        except UnexpectedColumns as broken:
            problems = "; ".join(f"{problem}: {', '.join(names)}" for problem, names in broken.problems.items())
            message = _("The columns of %(path)s are not the expected ones. %(problems)s.")
            raise NotAReadableFile(message % {"path": path, "problems": problems}) from broken

    def load_sheet(self, sheet: Sheet, *, actor: User | None, at: datetime) -> Loaded:
        """Load the rows of a file.

        Raises:
            RowsRefused: nothing of the file was loaded.
        """
        refuse_if_any(sheet.errors)
        return self.load(rows=sheet.rows, actor=actor, at=at)


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
        kind.name: kind.load_sheet(kind.read(folder / kind.name), actor=actor, at=at)
        for kind in kinds
        if (folder / kind.name).is_file()
    }
