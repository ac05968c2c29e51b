"""What requests about goods under customs control ask for."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from customs.api.codes import BookCodes
from documents.api.requests import RequestSerializer, site_of
from registry.models import Site, User


class DraftRequest(RequestSerializer):
    """A whole document with its lines. Changing one, the site stays as it is."""

    site = serializers.CharField(help_text=gettext_lazy("Code of the site."))
    book = serializers.CharField(help_text=gettext_lazy("Number of the account book."))
    owner = serializers.CharField(help_text=gettext_lazy("Code of the goods owner."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = BookCodes(user)
        site = site_of(given.pop("site"), codes, document)
        given["book"] = codes.book(given["book"])
        given["owner"] = codes.owner(given["owner"])
        given["lines"] = self.lines_of(given["lines"], codes, site)
        codes.raise_if_unknown()
        return given if document else {**given, "site": site}

    def lines_of(self, given: list[Any], codes: BookCodes, site: Site | None) -> list[Any]:
        raise NotImplementedError


class AcceptanceRequest(RequestSerializer):
    """The declaration number that customs gives with the acceptance; left out, the document keeps its own."""

    declaration_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    previewed_tax_cny = serializers.DecimalField(
        required=False,
        allow_null=True,
        max_digits=18,
        decimal_places=2,
        help_text=gettext_lazy(
            "Duty and tax as `acceptance` told them; if they have changed, `changed-since-preview`."
        ),
    )


class NumberRequest(RequestSerializer):
    """The declaration number that a document is to stand under, and why where it had another."""

    declaration_number = serializers.CharField(max_length=40, help_text=gettext_lazy("As customs gave it."))
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=400, help_text=gettext_lazy("Needed when it had another number.")
    )
