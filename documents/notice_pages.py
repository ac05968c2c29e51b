"""What was decided on what one submitted or requested: each person's own notices."""

from typing import Any

import django_tables2 as tables
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from documents.models import Notice
from documents.notice_filters import NoticeFilter
from documents.notices import title_of, url_of_notice
from documents.operations.notices import read_notices
from registry.columns import LocalTimeColumn
from registry.pages import ActPage, ListPage, ObjectPage


def unread_notices(user: Any) -> list[models.QuerySet[Any]]:
    """What the person has not read, to be counted."""
    return [Notice.objects.visible_to(user).unread()]


class NoticeTable(tables.Table):
    about = tables.Column(
        empty_values=(),
        orderable=False,
        verbose_name=gettext_lazy("Decision"),
        linkify=("documents:notice_open", [tables.A("pk")]),
        attrs={"td": {"class": "wrap"}},
    )
    reason = tables.Column(orderable=False, attrs={"td": {"class": "wrap"}}, verbose_name=gettext_lazy("Reason"))
    by = tables.Column(verbose_name=gettext_lazy("Decided by"), orderable=False)
    at = LocalTimeColumn(verbose_name=gettext_lazy("Decided"))
    read_at = LocalTimeColumn(verbose_name=gettext_lazy("Read"))

    class Meta:
        caption = gettext_lazy("Notices")
        empty_text = gettext_lazy("Nothing that you submitted or requested was decided by somebody else yet.")
        row_attrs = {"class": lambda record: "" if record.read_at else "is-unread"}

    def render_about(self, record: Notice) -> str:
        return title_of(record)


class NoticeList(ListPage):
    """The notices of whoever is signed in, newest first."""

    model = Notice
    title = gettext_lazy("Notices")
    subtitle = gettext_lazy("What somebody else decided on what you submitted or requested.")
    filterset_class = NoticeFilter
    table_class = NoticeTable
    template_name = "documents/notice_list.html"
    tiebreak = "-pk"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("by").order_by("-pk")

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(unread=Notice.objects.visible_to(self.user).unread().exists(), **more)


class NoticeOpen(ObjectPage):
    """On to the document of a notice, which is read by that."""

    model = Notice

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read_notices(user=self.user, at=timezone.now(), notices=[self.object])
        return redirect(url_of_notice(self.object))


class NoticesRead(ActPage):
    """All of them at once."""

    title = gettext_lazy("Mark all as read")
    button = gettext_lazy("Mark all as read")
    is_question = True

    def act(self, form: Any, rows: list[dict[str, Any]]) -> int:
        return read_notices(user=self.user, at=self.now)

    def success_message(self, outcome: int) -> str:
        words = {"count": outcome}
        return ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", outcome) % words

    def success_url(self, outcome: int) -> str:
        return reverse("documents:notice_list")
