"""The history of a tank, whose name and use stand with its place in the ledger."""

from dataclasses import replace

from fuel.models import Tank
from registry.timeline import Entry, timeline_of


def timeline_of_tank(tank: Tank) -> list[Entry]:
    """Tell the life of a tank and of its place as one, newest first; what was changed at once is told at once."""
    of_place = {entry.at: entry for entry in timeline_of(tank.place) if entry.changes}
    told = []
    for entry in timeline_of(tank):
        also = of_place.pop(entry.at, None)
        told.append(replace(entry, changes=[*entry.changes, *also.changes]) if also is not None else entry)
    beside = [replace(entry, history_id=None) for entry in of_place.values()]
    return sorted([*told, *beside], key=lambda entry: entry.at, reverse=True)
