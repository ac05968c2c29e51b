"""Work that lies open at the main site when the demo year ends: something in every state, whatever the day and hour."""

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bonded.models import Admission, StockCount, Withdrawal
from documents.models import Reversal
from reports.demo.arrivals import admit_goods
from reports.demo.calendar import Agenda
from reports.demo.departures import withdraw_goods
from reports.demo.upkeep import count_stock, move_goods
from reports.demo.warehouse import Warehouse

ATTEMPTS = 5


class Fate(random.Random):
    """Chance that goes on choosing, but whether something goes wrong is settled."""

    settled: float | None = None

    def random(self) -> float:
        return super().random() if self.settled is None else self.settled

    def choices(self, *given: Any, **named: Any) -> Any:
        settled, self.settled = self.settled, None
        try:
            return super().choices(*given, **named)
        finally:
            self.settled = settled

    def getrandbits(self, k: int, /) -> int:
        # Named here, so that choices are still drawn from it.
        return super().getrandbits(k)


@dataclass(frozen=True, slots=True)
class Scene:
    """A document that is begun and left in a state.

    Args:
        luck: what every chance comes to; of 0.025 admissions and withdrawals are returned, and a move is taken back.
    """

    begin: Callable[[Warehouse, datetime], None]
    model: Any
    left_in: str
    luck: float = 0.5


RETURNED = 0.025
# First of all something to withdraw and to count, where a short year has left little.
STOCKING = (Scene(admit_goods, Admission, "counted"),) * 5
SCENES = (
    *(Scene(admit_goods, Admission, state) for state in ("draft", "submitted", "accepted", "arrived")),
    Scene(admit_goods, Admission, "returned", RETURNED),
    *(Scene(withdraw_goods, Withdrawal, state) for state in ("draft", "submitted", "accepted", "picked", "passed")),
    Scene(withdraw_goods, Withdrawal, "discharged"),
    Scene(withdraw_goods, Withdrawal, "returned", RETURNED),
    Scene(move_goods, Reversal, "requested", RETURNED),
    *(Scene(count_stock, StockCount, state) for state in ("open", "counted", "recounted")),
)


def leave_open_work(here: Warehouse, at: datetime) -> None:
    """Begin a document for every state, and leave each where somebody has to go on; it takes two hours."""
    _play_all(here, STOCKING, at)
    _play_all(here, SCENES, at + timedelta(hours=1))


def _play_all(here: Warehouse, scenes: Sequence[Scene], at: datetime) -> None:
    for number, scene in enumerate(scenes):
        stage = copy.copy(here)
        stage.chance = chance = Fate(f"bondbook {here.site.code} {scene.left_in} {number}")
        chance.settled = scene.luck
        stage.is_quick = True
        for _ in range(ATTEMPTS):
            if _play(stage, scene, at):
                break


def _play(stage: Warehouse, scene: Scene, at: datetime) -> bool:
    """Let one document go on until it is in the state; whether it got there."""
    stage.agenda = Agenda(stage.agenda.until)
    known = _latest(scene, stage)
    stage.agenda.add(at, lambda then: scene.begin(stage, then))
    while stage.agenda:
        stage.let_happen(*stage.agenda.take())
        document = _latest(scene, stage)
        if document is not None and document != known and document.state == scene.left_in:
            return True
    return False


def _latest(scene: Scene, stage: Warehouse) -> Any:
    return scene.model.objects.filter(site=stage.site).order_by("pk").last()
