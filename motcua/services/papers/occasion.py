"""What a paper is about: the event that owes it, and the dossier as it stood right after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit.record import from_raw
from motcua.services.ports import NewRecord
from states import events as happened
from states.dossier import Dossier, evolve
from states.events import Event, event_from_wire

_APOLOGY_DRAFT, _APOLOGY = "apology_draft", "apology"


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event that owes a paper, in record `seq`, with the states before it and the dossier after it."""

    seq: int
    event: Event
    before: tuple[str, ...]
    after: Dossier


def events_of(records: Iterable[NewRecord]) -> Iterator[tuple[int, Event]]:
    """Yield the events of a dossier's records, with the number of the record."""
    for row in records:
        for event in from_raw(row.raw).events:
            yield row.seq, event_from_wire(event)


def last_occasion(
    history: Iterable[tuple[int, Event]], notices: Iterable[str], seq: int | None = None
) -> Occasion | None:
    """Return the last event that owes one of the notices, of record *seq* where one is given."""
    wanted, found = frozenset(notices), None
    dossier: Dossier | None = None
    for number, event in history:
        before = () if dossier is None else dossier.states
        dossier = evolve(dossier, event)
        if found is not None and found.seq == number:  # what else the same record did belongs to it
            found = Occasion(number, found.event, found.before, dossier)
        elif seq in (None, number) and wanted & _owed_by(event):
            found = Occasion(number, event, before, dossier)
    return found


def _owed_by(event: Event) -> frozenset[str]:
    if isinstance(event, happened.TransitionFired):
        return frozenset(event.emits)
    if isinstance(event, happened.ApologyDrafted):
        return frozenset({_APOLOGY_DRAFT})
    return frozenset({_APOLOGY} if isinstance(event, happened.ApologyIssued) else ())
