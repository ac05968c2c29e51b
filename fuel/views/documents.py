"""Which app the pages of fuel documents belong to."""

from documents import pages
from fuel.rules import RULES
from fuel.views.steps import STEPS


class FuelDocuments:
    namespace = "fuel"
    rules = RULES
    offers = STEPS


class DocumentList(FuelDocuments, pages.DocumentList):
    """A list of one kind of fuel document."""


class DocumentDetail(FuelDocuments, pages.DocumentDetail):
    """A fuel document with what may be done to it now."""


class DocumentAct(FuelDocuments, pages.DocumentAct):
    """One act on a fuel document."""


class DocumentFormPage(FuelDocuments, pages.DocumentFormPage):
    """A form by which a fuel document is entered or changed."""


class DocumentChange(FuelDocuments, pages.DocumentChange):
    """A form by which a draft or returned fuel document is said anew."""
