"""How goods in suspense find an end: most are settled within some weeks, some are still being looked for."""

from datetime import datetime

from bonded.models import Admission, SuspenseResolution, SuspenseWay
from bonded.suspense import suspense_positions
from bonded.suspense_resolutions.operations import approve_resolution, submit_resolution
from reports.demo.payments import pay_tax
from reports.demo.warehouse import Warehouse

# What becomes of short goods: how often, and why.
SHORT = {
    SuspenseWay.TAXED: (5, "Not found after two searches; the carrier's consignment note says they were loaded"),
    SuspenseWay.CORRECTED: (3, "The shipper confirms in writing that fewer were loaded"),
    SuspenseWay.FOUND: (2, "Found behind the pallets of the next bay"),
}
STILL_OPEN = 0.25


def settle_suspense(here: Warehouse, admission: Admission, at: datetime) -> None:
    """Ask for the settlement of what an admission left in suspense; customs decides a day or two later."""
    chance = here.chance
    for position in suspense_positions(sites=[here.site]):
        if position.lot.document_id != admission.pk or position.lot.document_kind != admission.kind:
            continue
        if chance.random() < STILL_OPEN:
            continue
        way, reason = SuspenseWay.LEFT, "Sent back to the shipper, who had loaded too much"
        if position.is_short:
            ways = list(SHORT)
            way = chance.choices(ways, [SHORT[one][0] for one in ways])[0]
            reason = SHORT[way][1]
        to_place = None
        if way == SuspenseWay.FOUND:
            to_place = max(here.bins, key=here.room_kg.__getitem__)
        resolution = submit_resolution(
            site=here.site,
            lot=position.lot,
            way=way,
            quantity=position.quantity,
            reason=reason,
            to_place=to_place,
            actor=chance.choice(here.crew.operators),
            at=at,
            request_key=here.key(),
        )
        here.told["settlements of suspense"] += 1
        here.agenda.add(here.later(at, 10, 50), lambda then, asked=resolution: _settle(here, asked, then))


def _settle(here: Warehouse, resolution: SuspenseResolution, at: datetime) -> None:
    resolution = approve_resolution(resolution=resolution, actor=here.crew.officer, at=at)
    here.agenda.add(here.later(at, 20, 300), lambda then: pay_tax(here, resolution, then))
