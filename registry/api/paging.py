"""Pages by number, for lists that are summed by the database and have no row to continue after."""

from rest_framework.pagination import PageNumberPagination


class NumberedPages(PageNumberPagination):
    """100 a page, 1,000 at most."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000
