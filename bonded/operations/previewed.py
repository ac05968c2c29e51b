"""What was shown before a declaration is accepted must be what is accepted."""

from decimal import Decimal

from django.utils.translation import gettext as _

from registry.errors import Conflict, FieldError
from registry.wording import money_text


class ChangedSincePreview(Conflict):
    """Duty and tax come to something else now than the preview showed: a rate has changed, or a lot is gone."""

    code = "changed-since-preview"


def require_as_previewed(previewed_tax_cny: Decimal | None, tax_cny: Decimal) -> None:
    """Compare duty and tax, in CNY, with what the preview showed; None compares nothing.

    Raises:
        ChangedSincePreview: naming both figures.
    """
    if previewed_tax_cny is None or previewed_tax_cny == tax_cny:
        return
    words = {"shown": money_text(previewed_tax_cny, "CNY"), "now": money_text(tax_cny, "CNY")}
    message = _("Duty and tax come to %(now)s now; %(shown)s were shown. Read the figures again, then accept.") % words
    raise ChangedSincePreview(message, errors=[FieldError(message, figure=tax_cny)])
