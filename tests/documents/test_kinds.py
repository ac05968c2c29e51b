"""Every kind of document is found by the name that the ledger knows it by."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.kinds import kinds, url_of
from documents.models import Document
from tests.fuel.build import TankFarm
from tests.fuel.conftest import urumqi

pytestmark = pytest.mark.django_db
__all__ = ["urumqi"]


def test_each_kind_has_a_name_of_its_own_and_a_page() -> None:
    models = {model for model in _below(Document) if not model._meta.abstract}
    assert set(kinds().values()) == models
    for kind, model in kinds().items():
        assert model.kind == kind
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert url_of(kind=kind, document_id=7).startswith("/"), kind
        assert len(asked) == 0


def test_what_is_no_document_has_no_page() -> None:
    assert url_of(kind="opening", document_id=7) == ""


def test_a_lot_of_fuel_leads_to_the_tickets_that_drew_on_it(urumqi: TankFarm) -> None:
    consignment = urumqi.released("900000")
    ticket = urumqi.signed("QD-000815")
    lot = consignment.lot
    client = Client()
    client.force_login(urumqi.auditor)
    page = client.get(reverse("ledger:lot_detail", args=[lot.pk])).content.decode()
    assert f'href="{ticket.get_absolute_url()}"' in page
    assert f'href="{consignment.get_absolute_url()}"' in page


def _below(model: type[Any]) -> set[type[Any]]:
    return {one for child in model.__subclasses__() for one in {child, *_below(child)}}
