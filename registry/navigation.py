"""The sections of the side navigation and who finds what in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import Role, User

EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.AUDITOR, Role.CUSTOMS_OFFICER})
REVIEWERS = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.CUSTOMS_OFFICER})
DECIDERS = frozenset({Role.SUPERVISOR, Role.CUSTOMS_OFFICER})
KEEPERS_OF_MASTER_DATA = STAFF | {Role.ADMINISTRATOR}
READERS_OF_TICKETS = STAFF | {Role.AIRLINE}
KEEPERS_OF_USERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


@dataclass(frozen=True)
class Item:
    """One link: `shortcut` is the letter that opens it after `g`."""

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[Role]
    shortcut: str = ""


@dataclass(frozen=True)
class Section:
    """Links that belong together; a folded section opens on click, or when it holds the page one is on."""

    label: str | Promise
    items: tuple[Item, ...]
    is_folded: bool = False


@dataclass(frozen=True)
class ShownItem:
    label: str | Promise
    url: str
    icon: str
    shortcut: str
    is_current: bool
    waiting: int = 0


@dataclass(frozen=True)
class ShownSection:
    label: str | Promise
    is_folded: bool
    items: list[ShownItem] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        return any(item.is_current for item in self.items)


SECTIONS = (
    Section("", (Item(_("Start"), "reports:start", "home", EVERYBODY, "h"),)),
    Section(
        _("Goods"),
        (
            Item(_("Admissions"), "bonded:admission_list", "package-import", STAFF, "a"),
            Item(_("Withdrawals"), "bonded:withdrawal_list", "package-export", STAFF, "w"),
            Item(_("Relocations"), "bonded:relocation_list", "arrows-exchange", STAFF, "r"),
            Item(_("Stock"), "bonded:stock", "stack-2", STAFF, "s"),
            Item(_("Goods in suspense"), "bonded:suspense_list", "scale", STAFF),
            Item(_("Lots"), "bonded:lot_list", "tags", STAFF, "l"),
            Item(_("Stock counts"), "bonded:stock_count_list", "clipboard-check", STAFF, "c"),
        ),
    ),
    Section(
        _("Fuel"),
        (
            Item(_("Delivery tickets"), "fuel:ticket_list", "gas-station", READERS_OF_TICKETS, "d"),
            Item(_("Exceptions of tickets"), "fuel:ticket_exception_list", "alert-triangle", STAFF),
            Item(_("Flight records"), "fuel:flight_list", "plane", STAFF),
            Item(_("Statements"), "fuel:statement_list", "file-invoice", READERS_OF_TICKETS),
            Item(_("Statement runs"), "fuel:statement_run_list", "calendar-check", STAFF),
            Item(_("Manual charges"), "fuel:manual_charge_list", "coins", STAFF),
            Item(_("Disputes"), "fuel:dispute_list", "help-circle", READERS_OF_TICKETS),
            Item(_("Contracts"), "fuel:contract_list", "contract", READERS_OF_TICKETS),
            Item(_("Payments"), "fuel:payment_list", "cash-banknote", READERS_OF_TICKETS),
            Item(_("Consignments"), "fuel:consignment_list", "train", STAFF),
            Item(_("Tank movements"), "fuel:tank_movement_list", "arrows-transfer-down", STAFF),
            Item(_("Status changes"), "fuel:status_change_list", "receipt-tax", STAFF),
            Item(_("Defuels"), "fuel:defuel_list", "arrow-back-up", STAFF),
            Item(_("Tanks"), "fuel:tank_list", "cylinder", KEEPERS_OF_MASTER_DATA),
            Item(_("Meters"), "fuel:meter_list", "gauge", KEEPERS_OF_MASTER_DATA),
            Item(_("Gauges"), "fuel:gauge_list", "ruler-measure", STAFF),
            Item(_("Tank reconciliations"), "fuel:reconciliation_list", "gauge", STAFF),
            Item(_("Calculator"), "fuel:calculator", "calculator", EVERYBODY),
        ),
    ),
    Section(_("Approval"), (Item(_("Approvals"), "documents:approvals", "checks", DECIDERS, "p"),)),
    Section(
        _("Customs"),
        (
            Item(_("Declarations"), "customs:declaration_list", "certificate", STAFF, "e"),
            Item(_("Account books"), "customs:account_book_list", "book-2", KEEPERS_OF_MASTER_DATA, "b"),
            Item(_("Guarantees"), "customs:guarantee_list", "shield-check", KEEPERS_OF_MASTER_DATA),
            Item(_("Periods"), "customs:period_list", "calendar-check", REVIEWERS, "m"),
            Item(_("Regimes"), "customs:regime_list", "gavel", KEEPERS_OF_MASTER_DATA),
        ),
    ),
    Section(
        _("Reports"),
        (Item(_("Reconciliation"), "reports:reconciliation", "scale", REVIEWERS, "x"),),
    ),
    Section(
        _("Master data"),
        (
            Item(_("Items"), "registry:item_list", "box", KEEPERS_OF_MASTER_DATA, "i"),
            Item(_("Sites"), "registry:site_list", "map-pin", KEEPERS_OF_MASTER_DATA),
            Item(_("Organisations"), "registry:organisation_list", "building", KEEPERS_OF_MASTER_DATA),
            Item(_("Airports"), "registry:airport_list", "building-airport", KEEPERS_OF_MASTER_DATA),
            Item(_("Airlines"), "registry:airline_list", "plane-tilt", KEEPERS_OF_MASTER_DATA),
            Item(_("Aircraft"), "registry:aircraft_list", "plane-departure", KEEPERS_OF_MASTER_DATA),
            Item(_("Tank groups"), "fuel:tank_group_list", "database", KEEPERS_OF_MASTER_DATA),
            Item(_("Measurement bases"), "fuel:measurement_basis_list", "temperature", KEEPERS_OF_MASTER_DATA),
            Item(_("Reconciliation rules"), "fuel:reconciliation_rule_list", "adjustments", KEEPERS_OF_MASTER_DATA),
            Item(_("Limits of drains and samples"), "fuel:movement_limit_list", "shield-check", KEEPERS_OF_MASTER_DATA),
            Item(_("Limits of plausibility"), "fuel:fuel_limits_list", "ruler-measure", KEEPERS_OF_MASTER_DATA),
            Item(_("Price indices"), "fuel:price_index_list", "chart-line", KEEPERS_OF_MASTER_DATA),
            Item(_("Index quotes"), "fuel:index_quote_list", "chart-dots", KEEPERS_OF_MASTER_DATA),
            Item(_("Duty-paid prices"), "fuel:duty_paid_price_list", "receipt-tax", KEEPERS_OF_MASTER_DATA),
            Item(_("Relief rules"), "fuel:relief_rule_list", "gavel", KEEPERS_OF_MASTER_DATA),
            Item(_("Users"), "registry:user_list", "users", KEEPERS_OF_USERS, "u"),
            Item(_("Exchange rates"), "registry:exchange_rate_list", "coins", KEEPERS_OF_MASTER_DATA),
            Item(_("Tariff rates"), "registry:tariff_rate_list", "percentage", KEEPERS_OF_MASTER_DATA),
        ),
        is_folded=True,
    ),
    Section("", (Item(_("API reference"), "api_docs", "api", EVERYBODY),)),
)


WAITING: dict[str, Callable[[User], int]] = {}


def count_waiting(url_name: str, count: Callable[[User], int]) -> None:
    """Let a link tell how much waits behind it for the person who sees it; every page then asks."""
    WAITING[url_name] = count


def sections_for(request: HttpRequest, roles: Iterable[str], *, everything: bool = False) -> list[ShownSection]:
    """The sections that somebody with these roles sees, without links to pages that do not exist."""
    held = set(roles)
    shown = []
    for section in SECTIONS:
        items = [
            ShownItem(
                item.label,
                url,
                item.icon,
                item.shortcut,
                is_current=_is_within(request.path, url),
                waiting=_waiting(request, item),
            )
            for item in section.items
            if (everything or held & item.roles) and (url := _url_of(item.url_name))
        ]
        if items:
            shown.append(ShownSection(section.label, section.is_folded, items))
    return shown


def _waiting(request: HttpRequest, item: Item) -> int:
    count, user = WAITING.get(item.url_name), getattr(request, "user", None)
    return count(user) if count is not None and user is not None else 0


def _url_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_within(path: str, url: str) -> bool:
    """Whether the page belongs to the link; the start page at the root does not own every page below it."""
    return path == url if url == "/" else path.startswith(url)
