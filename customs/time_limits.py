"""How long goods may stay in the zone."""

from django.db.models import Case, DateField, F, Func, Q, Value, When

from customs.models import Regime
from ledger.postings import CustomsStatus


class _MonthsAfter(Func):
    """The day some months after a day; the month's last where it has no such day."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "


def stays_through() -> Case:
    """The day through which a lot may stay, as a column of lots.

    It is what the regime of the site grants from admission, without an extension; NULL where the regime sets no limit
    or customs has not admitted the lot.

    Source: GACC Order 105 (2003) on bonded warehouses; GACC Order 256 (2022) on comprehensive bonded zones, article 33.
    """
    limits = Regime.objects.exclude(storage_limit_months=None).values_list("code", "storage_limit_months")
    whens = [
        When(
            ~Q(customs_status=CustomsStatus.UNADMITTED) & Q(site__regime=code),
            then=_MonthsAfter(F("admitted_date"), Value(months)),
        )
        for code, months in limits
    ]
    return Case(*whens, output_field=DateField())
