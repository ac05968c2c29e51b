"""Tags that pages are put together with; docs/front.md shows each of them in use."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zlib import crc32

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.states import tone_of
from registry.wording import (
    customs_time_text,
    local_time_text,
    measured_text,
    money_text,
    name_text,
    percent_text,
    price_text,
    quantity_text,
)

register = template.Library()

ICONS = "vendor/tabler-icons-3.51.0/sprite.svg"

DASH = SafeString('<span class="text-secondary" aria-hidden="true">–</span>')


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; with a label it speaks for itself, without one it is decoration."""
    address = f"{static(ICONS)}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address)


@register.simple_tag
def status(document: Any, field: str = "state") -> SafeString:
    """Show the state of a document as a badge, in its own words."""
    code = getattr(document, field)
    return badge(code, getattr(document, f"get_{field}_display")())


@register.simple_tag
def badge(code: str, label: str | Promise) -> SafeString:
    """Show a word on a coloured ground; `code` is a state, or one of the tones themselves."""
    return format_html('<span class="state state-{}">{}</span>', tone_of(code), label)


@register.filter
def quantity(value: Decimal | None, unit: str = "") -> SafeString:
    return (
        format_html('<span class="figures">{}</span>', quantity_text(value, str(unit))) if value is not None else DASH
    )


@register.filter
def measured(value: Decimal | None, places: int) -> SafeString:
    """Show a measured figure with so many decimals, whether they say something or not."""
    return _figures(measured_text(value, places))


@register.filter
def money(value: Decimal | None, currency: str = "") -> SafeString:
    """Show an amount to the fen, with its currency where the heading does not name it."""
    return _figures(money_text(value, currency))


@register.filter
def price(value: Decimal | None, currency: str = "") -> SafeString:
    """Show a price to the hundredth, and finer where it is."""
    return _figures(price_text(value, currency))


@register.filter
def percent(value: Decimal | None) -> SafeString:
    """Show a fraction as a percentage: 0.08 is 8 %."""
    return _figures(percent_text(value))


@register.filter
def own_name(named: Any) -> str:
    """Call an item, site or organisation by its name in the reader's language."""
    return name_text(named)


@register.filter
def local_time(value: datetime | date | None) -> SafeString:
    """Show a moment in the reader's time zone, a date as it is."""
    if value is None:
        return DASH
    return format_html('<time class="figures" datetime="{}">{}</time>', value.isoformat(), local_time_text(value))


@register.filter
def customs_time(value: datetime | None) -> SafeString:
    """Show a moment in customs time (Asia/Shanghai), which deadlines and periods are reckoned in."""
    if value is None:
        return DASH
    return format_html(
        '<time class="figures" datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        _("Customs time (Asia/Shanghai)"),
        customs_time_text(value),
    )


@register.simple_block_tag
def page_header(
    content: str, title: str, subtitle: str = "", back_url: str = "", back_label: str = "", document: Any = None
) -> str:
    """Head a page; a document's state stands beside the title, and what stands inside are the page's actions."""
    return render_to_string(
        "components/page_header.html",
        {
            "title": title,
            "subtitle": subtitle,
            "back_url": back_url,
            "back_label": back_label,
            "document": document,
            "actions": SafeString(content.strip()),
        },
    )


@register.simple_block_tag
def card(content: str, title: str = "", subtitle: str = "", icon: str = "", flush: bool = False, id: str = "") -> str:  # noqa: FBT001, FBT002
    """Frame what belongs together; `flush` lets a table reach the frame."""
    return render_to_string(
        "components/card.html",
        {
            "title": title,
            "subtitle": subtitle,
            "icon": icon,
            "flush": flush,
            "id": id,
            "content": SafeString(content.strip()),
        },
    )


@register.simple_block_tag
def empty_state(content: str, title: str, text: str = "", icon: str = "inbox", level: int = 2) -> str:
    """Say why there is nothing here and, inside, what to do next; level 1 makes it the page's own heading."""
    return render_to_string(
        "components/empty_state.html",
        {"title": title, "text": text, "icon": icon, "level": level, "actions": SafeString(content.strip())},
    )


@register.simple_block_tag
def document_actions(content: str) -> str:
    """Hold the buttons of a document's next steps at the foot of the window."""
    return render_to_string("components/document_actions.html", {"content": SafeString(content.strip())})


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    title: str,
    action_url: str,
    button: str,
    tone: str = "primary",
    icon: str = "",
    page_url: str = "",
) -> str:
    """Offer an act that is asked about before it is done; what stands inside is the question and its fields.

    With a script the question opens over the page; without one the button leads to `page_url`
    (the address that shows the same question as a page; normally the act's own address, by GET).
    """
    return render_to_string(
        "components/confirm.html",
        {
            "title": title,
            "action_url": action_url,
            "page_url": page_url or action_url,
            "button": button,
            "tone": tone,
            "icon": icon,
            "dialog_id": f"confirm-{crc32(f'{title} {action_url}'.encode())}",
            "content": SafeString(content.strip()),
            "csrf_token": context.get("csrf_token"),
        },
    )


def _figures(text: str) -> SafeString:
    return format_html('<span class="figures">{}</span>', text) if text else DASH
