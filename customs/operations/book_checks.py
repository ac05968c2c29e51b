"""What is asked of an account book before anything is posted to it."""

from datetime import date

from django.utils.translation import gettext as _

from customs.models import AccountBook
from documents.operations.documents import NotAsRequired
from registry.errors import FieldError
from registry.models import Site
from registry.wording import local_time_text


def require_book_of_site(book: AccountBook, site: Site) -> None:
    """Raise NotAsRequired unless the account book is one of the site's."""
    if book.site_id != site.pk:
        message = _("Account book %(book)s belongs to another site.") % {"book": book.number}
        raise NotAsRequired(message, errors=[FieldError(message, field="book", figure=book.number)])


def require_open_book(book: AccountBook, *, on_date: date) -> None:
    """Raise NotAsRequired unless the account book is open on the day."""
    if on_date < book.opened_date or (book.closed_date and on_date > book.closed_date):
        words = {"book": book.number, "day": local_time_text(on_date)}
        message = _("Account book %(book)s is not open on %(day)s.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="book", figure=book.number)])
