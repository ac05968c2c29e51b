"""What the start page shows somebody of an airline: uplift, saving, what is owed, and what waits for them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fuel.billing.airline_account import AirlineAccount, MonthLifted, RouteLifted, airline_account, airlines_of
from ledger.queries import first_days_of_months
from registry.models import User
from registry.pages import Link
from registry.wording import local_time_text, money_text, quantity_text
from reports.start_figures import Card, address, last_day_of

KG_PER_TONNE = 1000
TONNE = Decimal("0.001")


def airline_parts(*, user: User, today: date, months: int) -> dict[str, Any]:
    """The parts of the start page for the people of an airline; nothing where they belong to none that flies."""
    airlines = airlines_of(user)
    if not airlines:
        return {}
    account = airline_account(airlines=airlines, first_days=first_days_of_months(today, months))
    return {
        "is_airline": True,
        "airlines": airlines,
        "account": account,
        "airline_cards": _cards(account, today),
        "months_lifted": [(month, _tickets_of_month(month)) for month in reversed(account.months)],
        "uplift_chart": _uplift_chart(account.months),
        "saving_chart": _saving_chart(account.months),
        "routes_lifted": [(route, _tickets_of_route(route)) for route in account.routes],
        "airline_links": [
            Link(_("Delivery tickets"), address("fuel:delivery_ticket_list"), "gas-station"),
            Link(_("Fuel statements"), address("fuel:fuel_statement_list"), "file-invoice"),
            Link(_("API tokens"), address("registry:token_list"), "key"),
        ],
    }


def tonnes(mass_kg: Decimal) -> Decimal:
    """Kilograms as tonnes, to the kilogram."""
    return (mass_kg / KG_PER_TONNE).quantize(TONNE)


def _cards(account: AirlineAccount, today: date) -> list[Card]:
    tickets = address("fuel:delivery_ticket_list")
    this_year = address("fuel:delivery_ticket_list", [("flown_from", today.replace(month=1, day=1).isoformat())])
    lifted, statements = account.this_year, address("fuel:fuel_statement_list")
    percent = "" if lifted.saving_percent is None else f"{lifted.saving_percent} %"
    cards = [
        Card(_("Charged this year"), quantity_text(tonnes(lifted.mass_kg)), this_year, "gas-station", "t"),
        Card(_("Saved this year"), money_text(lifted.saving_cny), statements, "coins", "CNY"),
        Card(_("Of the duty-paid price"), percent, statements, "percentage"),
    ]
    for owed in account.owed:
        is_late = owed.amount > 0 and owed.due_date < today
        label = _("Owed, due %(day)s") % {"day": local_time_text(owed.due_date)} if owed.amount > 0 else _("Balance")
        tone = "bad" if is_late else ""
        cards.append(Card(label, money_text(owed.amount), statements, "cash-banknote", owed.currency, tone))
    if account.not_charged:
        label = _("Uplifts not charged yet")
        cards.append(Card(label, account.not_charged, f"{tickets}?state=signed&state=matched&state=declared", "clock"))
    if account.disputes_answered:
        url = address("fuel:fuel_dispute_list", [("state", "answered")])
        cards.append(Card(_("Disputes to read"), account.disputes_answered, url, "help-circle", tone="warning"))
    if account.disputes_waiting:
        url = address("fuel:fuel_dispute_list", [("state", "open")])
        cards.append(Card(_("Disputes waiting for the supplier"), account.disputes_waiting, url, "help-circle"))
    return cards


def _tickets_of_month(month: MonthLifted) -> str:
    days = [("flown_from", month.first_day.isoformat()), ("flown_to", last_day_of(month.first_day).isoformat())]
    return address("fuel:delivery_ticket_list", days)


def _tickets_of_route(route: RouteLifted) -> str:
    return address("fuel:delivery_ticket_list", [("destination", str(route.destination_id))])


def _uplift_chart(months: list[MonthLifted]) -> dict[str, Any]:
    """Tonnes month by month; a click leads to the month's tickets."""
    values = [str(tonnes(month.lifted.mass_kg)) for month in months]
    return _by_month(months, [{"label": _("Uplift"), "unit": "t", "values": values}])


def _saving_chart(months: list[MonthLifted]) -> dict[str, Any]:
    """What was saved month by month, by its four parts."""
    parts = (
        (_("Duty"), "saving_duty_cny"),
        (_("Consumption tax"), "saving_consumption_tax_cny"),
        (_("VAT"), "saving_vat_cny"),
        (_("Price"), "saving_price_cny"),
    )
    return _by_month(
        months,
        [
            {"label": label, "unit": "CNY", "values": [str(getattr(month.lifted, name)) for month in months]}
            for label, name in parts
        ],
    )


def _by_month(months: list[MonthLifted], series: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": "bars",
        "label": _("Month"),
        "x": [month.name for month in months],
        "series": series,
        "urls": [_tickets_of_month(month) for month in months],
    }
