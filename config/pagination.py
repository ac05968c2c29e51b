"""How the API hands out long lists."""

from rest_framework.pagination import CursorPagination


class BondbookCursorPagination(CursorPagination):
    """Pages that stay put while rows are added: newest first, 100 a page, 1,000 at most."""

    ordering = "-pk"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000
