"""The three kinds of page that Bondbook is made of: a list, the detail of one object, and an act.

Each loads through `visible_to(user)` (a stranger's object is 404), asks whether this user may (403), and
then shows, or calls one operation. What a page is about is declared on its class; docs/front.md shows each in use.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4, uuid5

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import InvalidPage
from django.db import models
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views import View
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails
from django_tables2.data import TableQuerysetData

from registry.csv_files import csv_response
from registry.errors import NotAllowed, RuleBroken
from registry.facts import Fact, facts_of
from registry.kept_files import files_of, forget_files_of, keep_files_of
from registry.lines import LineFormSet
from registry.models import Role, User
from registry.parameters import UnknownParameter, has_nul, names_of, refuse_unknown
from registry.rules import roles_of, visible_rows
from registry.timeline import Entry, timeline_of
from registry.versions import ChangedMeanwhile, with_version
from registry.xlsx_files import xlsx_response

Text = str | Promise
ROWS_A_PAGE = 25
MOST_ROWS_A_PAGE = 200
FILES = {"csv": csv_response, "xlsx": xlsx_response}


@dataclass(frozen=True, slots=True)
class Link:
    """A way on from a page, drawn as a button in its head."""

    label: Text
    url: str
    icon: str = ""
    tone: str = ""


class PageRequest(HttpRequest):
    """A request as a page has it: the middleware has been there, and whoever asks is signed in."""

    htmx: HtmxDetails
    user: User


class Page(LoginRequiredMixin, View):
    """What every page asks first: who is there, and whether one of their roles may read it."""

    request: PageRequest

    @property
    def title(self) -> Text:
        return ""

    @property
    def subtitle(self) -> Text:
        return ""

    @property
    def template_name(self) -> str:
        return ""

    @property
    def readers(self) -> frozenset[Role]:
        return frozenset(Role)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self._sign_in_first()
        self.user.begin_request()
        if has_nul(request.GET):
            raise BadRequest("NUL")
        if self.readers and not self.roles & self.readers:
            raise PermissionDenied(_("None of your roles may see this page."))
        try:
            return View.dispatch(self, request, *args, **kwargs)
        except UnknownParameter as refused:
            told = {"message": str(refused), "errors": refused.errors}
            return render(request, "registry/unknown_parameter.html", told, status=refused.status)

    def _sign_in_first(self) -> HttpResponse:
        response = self.handle_no_permission()
        # htmx would follow the redirect by itself and put the sign-in page into the middle of this one.
        return HttpResponseClientRedirect(response.url) if self.request.htmx else response

    @property
    def user(self) -> User:
        return self.request.user

    @property
    def url_name(self) -> str:
        """What the address of the page is called, without its namespace."""
        match: Any = self.request.resolver_match
        return str(match.url_name)

    @property
    def view_name(self) -> str:
        """What the address of the page is called, with its namespace."""
        match: Any = self.request.resolver_match
        return str(match.view_name)

    @cached_property
    def roles(self) -> frozenset[str]:
        return roles_of(self.user)

    def get_title(self) -> Text:
        return self.title

    def get_subtitle(self) -> Text:
        return self.subtitle

    def back(self) -> Link | None:
        """Where the arrow above the title leads."""
        return None

    def links(self) -> Iterable[Link]:
        """The ways on that stand in the head, for this user."""
        return ()

    def context(self, **more: Any) -> dict[str, Any]:
        return {
            "page": self,
            "title": self.get_title(),
            "subtitle": self.get_subtitle(),
            "back": self.back(),
            "links": list(self.links()),
            **more,
        }

    def show(self, context: dict[str, Any], *, fragment: str = "", status: int = 200) -> HttpResponse:
        name = f"{self.template_name}#{fragment}" if fragment and self.request.htmx else self.template_name
        return render(self.request, name, context, status=status)


class ListPage(Page):
    """Rows that the user may see: filtered, sorted and paged by the address, and as a CSV or XLSX file of the same.

    Declare `model` (its manager has `visible_to`), `filterset_class` and `table_class`; override
    `queryset()` for select_related, or `rows()` where a query of the app answers instead of a queryset.
    """

    template_name = "registry/list_page.html"
    # Sorting by a column that repeats would let rows wander between pages; None where rows are grouped.
    tiebreak: str | None = "pk"

    @property
    def model(self) -> type[models.Model]:
        raise NotImplementedError

    @property
    def filterset_class(self) -> type[django_filters.FilterSet]:
        raise NotImplementedError

    @property
    def table_class(self) -> type[tables.Table]:
        raise NotImplementedError

    @property
    def parameters(self) -> frozenset[str]:
        """What the address may carry beside filter, order and page."""
        return frozenset()

    def queryset(self) -> models.QuerySet[Any]:
        return visible_rows(self.model, self.user)

    def rows(self, filterset: django_filters.FilterSet) -> Any:
        """What the filter leaves; nothing while the filter itself is wrong."""
        return filterset.qs if filterset.is_valid() else filterset.queryset.none()

    def file_name(self) -> str:
        return self.url_name.removesuffix("_list").replace("_", "-")

    def table(self, filterset: django_filters.FilterSet) -> tables.Table:
        """The table in the order that the address asks for, not yet cut into pages."""
        rows = self.rows(filterset)
        table = self.table_class(_OrderedRows(rows, self.tiebreak) if isinstance(rows, models.QuerySet) else rows)
        table.request = self.request
        if order_by := self.request.GET.getlist(table.prefixed_order_by_field):
            table.order_by = order_by
        return table

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        filterset = self.filterset_class(request.GET, queryset=self.queryset(), request=request)
        table = self.table(filterset)
        own = {table.prefixed_order_by_field, table.prefixed_page_field, table.prefixed_per_page_field, "format"}
        refuse_unknown(request.GET, names_of(filterset.form) | own | self.parameters)
        kind = request.GET.get("format", "")
        # A file of a wrong question would look like an answer; the page tells what is wrong with it.
        if kind in FILES and filterset.is_valid():
            return FILES[kind](table, name=self.file_name())
        _cut_into_pages(table, request)
        files = {f"{kind}_query": self._file_query(kind) for kind in FILES}
        status = HTTPStatus.OK
        if not filterset.is_valid():
            status = HTTPStatus.UNPROCESSABLE_ENTITY if self.request.htmx else HTTPStatus.BAD_REQUEST
        return self.show(self.context(filter=filterset, table=table, **files), fragment="list", status=status)

    def _file_query(self, kind: str) -> str:
        asked = self.request.GET.copy()
        asked.pop("page", None)
        asked["format"] = kind
        return asked.urlencode()


class ObjectPage(Page):
    """A page about one object that the user may see."""

    @property
    def model(self) -> type[models.Model]:
        raise NotImplementedError

    def queryset(self) -> models.QuerySet[Any]:
        return visible_rows(self.model, self.user)

    @cached_property
    def object(self) -> Any:
        return get_object_or_404(with_version(self.queryset()), pk=self.kwargs["pk"])

    def get_title(self) -> Text:
        return self.title or str(self.object)


class DetailPage(ObjectPage):
    """One object: its facts, whatever its template adds, and its history as a timeline."""

    @property
    def template_name(self) -> str:
        return "registry/detail_page.html"

    @property
    def fact_names(self) -> Sequence[str]:
        return ()

    def facts(self) -> list[Fact]:
        return facts_of(self.object, *self.fact_names, reader=self.user)

    def timeline(self) -> list[Entry]:
        return timeline_of(self.object)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(self.context(object=self.object, facts=self.facts(), entries=self.timeline()))


# What a form sends beside what was filled in: its own keys, and which of its buttons was pressed.
NOT_FIGURES = frozenset({"csrfmiddlewaretoken", "request_key", "version", "submit", "draft"})


class ActPage(ObjectPage):
    """A question, one operation, and on to the outcome.

    Declare `form_class` and write `act()`, which calls ONE operation and returns its outcome. With `model` the
    act is done to an object, found by `pk` in the address. With `lines_class` the form has rows.
    A broken rule is shown beside the row and field it names, and nothing that was typed is lost. So is what somebody
    changed on the object after it was shown; whoever has read that may send the form again.
    """

    lines_title: Text = ""
    scan_field = ""
    # A short question is asked on a narrow card, which `{% confirm %}` can also open as a dialog.
    is_question = False

    @property
    def template_name(self) -> str:
        return "registry/act_page.html"

    @property
    def form_class(self) -> type[Any]:
        return forms.Form

    @property
    def lines_class(self) -> type[LineFormSet] | None:
        return None

    @property
    def button(self) -> Text:
        return ""

    @property
    def tone(self) -> str:
        return "primary"

    @cached_property
    def object(self) -> Any:
        if "pk" not in self.kwargs:
            return None
        found = super().object
        found.seen_version = self.sent_version
        return found

    @cached_property
    def sent_version(self) -> int | None:
        """The version of the object that was in view when the form was sent."""
        sent = self.request.POST.get("version", "")
        return int(sent) if sent.isdecimal() else None

    @cached_property
    def shown_version(self) -> int | None:
        """The version that the shown form is about; it stays with the form for every time that it is sent."""
        return self.sent_version or getattr(self.object, "version_in_view", None)

    def may_act(self) -> bool:
        """The rule: whether this user may do this to this object."""
        return True

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        raise NotImplementedError

    def success_message(self, outcome: Any) -> Text:
        return ""

    def success_url(self, outcome: Any) -> str:
        found: str = outcome.get_absolute_url()
        return found

    def form_kwargs(self) -> dict[str, Any]:
        is_about_the_object = issubclass(self.form_class, forms.ModelForm) and self.object is not None
        return {"instance": self.object} if is_about_the_object else {}

    def lines_kwargs(self) -> dict[str, Any]:
        return {}

    def initial(self) -> dict[str, Any]:
        """What the form begins with; the address may fill in any field by its name."""
        return {name: self.request.GET[name] for name in self.form_class.base_fields if name in self.request.GET}

    @cached_property
    def now(self) -> Any:
        return timezone.now()

    @cached_property
    def shown_key(self) -> UUID:
        """The key of the form that is shown; it stays with the form for every time that it is sent."""
        try:
            return UUID(self.request.POST.get("request_key", ""))
        except ValueError:
            return uuid4()

    @cached_property
    def request_key(self) -> UUID:
        """The same each time that one shown form is sent with the same figures: an operation can tell a repetition.

        Whoever goes back in the browser and sends other figures means another document.
        """
        told = sorted((name, given) for name, given in self.request.POST.lists() if name not in NOT_FIGURES)
        return uuid5(self.shown_key, json.dumps(told))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._check_may_act(self.object)
        return self.ask(*self._forms(None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._check_may_act(self.object)
        form, lines = self._forms(request.POST)
        if lines is not None and lines.is_asking_for_rows:
            form._errors = ErrorDict(renderer=form.renderer)
            return self.ask(form, lines)
        if not all([form.is_valid(), lines is None or lines.is_valid()]):
            return self.ask(form, lines, status=self._status_of_refusal())
        try:
            outcome = self.act(form, lines.filled_rows if lines is not None else [])
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        except ChangedMeanwhile as changed:
            self.shown_version = changed.version
            if "seen_history_id" in form.fields:
                # How a row of the register is told which version was in view.
                form.data = form.data.copy()
                form.data["seen_history_id"] = str(changed.version)
            show_broken_rule(changed, form, lines)
            return self.ask(form, lines, status=changed.status)
        except RuleBroken as broken:
            show_broken_rule(broken, form, lines)
            return self.ask(form, lines, status=self._status_of_refusal())
        return self.answer(outcome)

    def answer(self, outcome: Any) -> HttpResponse:
        """Say that it was done and go on to the outcome."""
        forget_files_of(self.request, self.user)
        if message := self.success_message(outcome):
            messages.success(self.request, str(message))
        return redirect(self.success_url(outcome))

    def ask(self, form: Any, lines: LineFormSet | None, *, status: int = 200) -> HttpResponse:
        """Show the form; what was typed, drawn or chosen for one that was sent is in it again."""
        if form.is_bound:
            keep_files_of(form, self.user, self.now)
        return self.show(self.context(object=self.object, form=form, lines=lines), fragment="form", status=status)

    def _forms(self, data: Any) -> tuple[Any, LineFormSet | None]:
        files = files_of(self.request, self.user) if data is not None else None
        form = self.form_class(data, files, **{"initial": self.initial(), **self.form_kwargs()})
        if self.lines_class is None:
            return form, None
        return form, self.lines_class(data, prefix="lines", **self.lines_kwargs())

    def _check_may_act(self, _found: Any) -> None:
        """Only then the rule: a stranger's object is not there at all, whatever the stranger's roles."""
        if not self.may_act():
            raise PermissionDenied(_("Your roles do not allow this."))

    def _status_of_refusal(self) -> int:
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.request.htmx else HTTPStatus.OK


def show_broken_rule(broken: RuleBroken, form: Any, lines: LineFormSet | None = None) -> None:
    """Put every refused figure's message beside the field and row that it names, else above the form."""
    rows = lines.filled_forms if lines is not None else []
    for error in broken.errors:
        if error.row is not None and error.row < len(rows):
            _add_error(rows[error.row], error.field, error.message)
        elif error.row is not None:
            row = {"row": error.row + 1, "message": error.message}
            _add_error(form, "", _("Row %(row)s: %(message)s") % row)
        else:
            _add_error(form, error.field, error.message)


def _add_error(form: Any, field: str, message: Text) -> None:
    form.add_error(field if field in form.fields else None, str(message))


class _OrderedRows(TableQuerysetData):
    data: models.QuerySet[Any]

    def __init__(self, data: models.QuerySet[Any], tiebreak: str | None) -> None:
        super().__init__(data)
        self.tiebreak = tiebreak

    def order_by(self, aliases: Any) -> None:
        super().order_by(aliases)
        if self.tiebreak:
            self.data = self.data.order_by(*self.data.query.order_by, self.tiebreak)


def _cut_into_pages(table: tables.Table, request: HttpRequest) -> None:
    """Show the page that the address asks for; the last one where it asks for more than there are."""
    per_page = _whole_number(request.GET.get(table.prefixed_per_page_field), default=ROWS_A_PAGE)
    page = _whole_number(request.GET.get(table.prefixed_page_field), default=1)
    try:
        table.paginate(page=page, per_page=min(per_page, MOST_ROWS_A_PAGE))
    except InvalidPage:
        table.page = table.paginator.page(table.paginator.num_pages)


def _whole_number(text: str | None, *, default: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) > 0 else default
