"""What of an app's documents is still on its way when a period ends, as the kinds declare it."""

from datetime import date
from typing import Any

from documents.checklist import FindOpenItems, OpenItem
from documents.kinds import declared_kinds
from ledger.queries import day_after
from registry.models import Site


def unfinished_of(namespace: str) -> FindOpenItems:
    """A check of a period: drafts, what waits for a decision, what is between two steps."""

    def find(site: Site, through_date: date) -> list[OpenItem]:
        until = day_after(day=through_date, site_id=site.pk)
        return [
            OpenItem(
                label=document.get_state_display(),
                document_number=document.number,
                url=document.get_absolute_url(),
                at=getattr(document, kind.unfinished[0]),
            )
            for kind in declared_kinds(namespace)
            if kind.unfinished is not None
            for document in _rows(kind.model, site, *kind.unfinished, until)
        ]

    return find


def _rows(model: Any, site: Site, column: str, states: tuple[str, ...], until: Any) -> Any:
    return model.objects.filter(site=site, state__in=states, **{f"{column}__lt": until}).order_by("pk")
