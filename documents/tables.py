"""The columns that every list of documents has."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from registry.columns import CodeColumn, LocalTimeColumn

# Tables with many columns: their headings may take two lines.
WITH_TALL_HEAD = {"class": "table table-dense table-tall-head"}


class DocumentTable(tables.Table):
    """What every list of documents has."""

    number = CodeColumn(linkify=True, verbose_name=_("Number"))
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    prepared_at = LocalTimeColumn(verbose_name=_("Prepared"))
    prepared_by = tables.Column(accessor="prepared_by__name", verbose_name=_("By"))

    class Meta:
        attrs = WITH_TALL_HEAD
