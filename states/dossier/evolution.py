"""`evolve`: the only way a dossier changes, one small function for each kind of event."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from states import events as happened
from states.dossier.consulting import CONSULTING
from states.dossier.desk import DESK
from states.dossier.kinship import EVOLVE_KIN
from states.dossier.mandated import MANDATED
from states.dossier.ordered import ORDERED
from states.dossier.passing import HANDOFFS
from states.dossier.rebinding import rebound
from states.dossier.revision import revise
from states.dossier.snapshot import Dossier
from states.dossier.timing import TIMING
from states.events import Event, Facts
from states.kin import Filed


def opened(event: happened.Opened) -> Dossier:
    """Return the dossier as it was right after submission."""
    return Dossier(
        code=event.code,
        procedure=event.procedure,
        cfg=event.cfg,
        channel=event.channel,
        version=0,
        agency=event.agency,
        parties=event.parties,
        states=event.states,
        public=event.public,
        facts=event.facts,
        documents=event.documents,
        clocks={},
        epochs={},
        tasks=(),
        awaited=(),
        officers={},
        acted={},
        tasks_created=0,
        suspension=None,
        nonconformities=(),
        outcome=None,
        ended=False,
        opened_at=event.at,
        accepted_at=None,
        completed_at=None,
    )


def evolve(dossier: Dossier | None, event: Event) -> Dossier:
    """Return the dossier after *event*.

    Raises:
        ValueError: The first event of a dossier is not `Opened`.
    """
    if isinstance(event, happened.Opened):
        return opened(event)
    if dossier is None:
        raise ValueError(f"a dossier begins with 'opened', not {event.kind!r}")
    return _EVOLVE[type(event)](dossier, event)


def fold(dossier: Dossier | None, events: Iterable[Event], by_person: bool) -> Dossier:
    """Apply the events of one record; the version grows by one when a person or a partner caused it."""
    for event in events:
        dossier = evolve(dossier, event)
    if dossier is None:
        raise ValueError("no events")
    return revise(dossier, version=dossier.version + 1) if by_person else dossier


def _fired(dossier: Dossier, event: happened.TransitionFired) -> Dossier:
    officers, acted = _who_acted(dossier, event)
    return revise(
        dossier,
        states=event.target,
        public=event.public,
        facts=_facts_after(dossier.facts, event),
        documents=dossier.documents + tuple(d for d in event.documents if d not in dossier.documents),
        officers=officers,
        acted=acted,
        suspension=_suspension(dossier, event),
        outcome=event.outcome or dossier.outcome,
        ended=event.ended,
        awaited=() if event.ended else dossier.awaited,
        completed_at=dossier.completed_at or (event.at if event.outcome else None),
    )


def _suspension(dossier: Dossier, event: happened.TransitionFired) -> str | None:
    return event.suspended or (None if event.lifted else dossier.suspension)


def _facts_after(facts: Facts, event: happened.TransitionFired) -> Facts:
    """A suspension that begins is counted in the fact `<suspension>_count`, which bounds supplement loops."""
    merged = {**facts, **event.facts}
    if event.suspended is not None:
        name = f"{event.suspended}_count"
        merged[name] = int(merged.get(name, 0)) + 1
    return merged


def _who_acted(
    dossier: Dossier, event: happened.TransitionFired
) -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    if event.officer is None:
        return dossier.officers, dossier.acted
    seen = dossier.acted.get(event.by, ())
    people = seen if event.officer in seen else (*seen, event.officer)
    return {**dossier.officers, event.by: event.officer}, {**dossier.acted, event.by: people}


def _nonconformity(dossier: Dossier, event: happened.NonconformityOpened) -> Dossier:
    return revise(dossier, nonconformities=(*dossier.nonconformities, event.nonconformity))


def _apologised(dossier: Dossier, event: happened.ApologyIssued) -> Dossier:
    count = int(dossier.facts.get("extension_count", 0)) + 1
    return revise(dossier, facts={**dossier.facts, "extension_count": count})


def _filed(dossier: Dossier, event: happened.FiledOnPortal) -> Dossier:
    return revise(dossier, filed=Filed(event.submission, event.filed_at))


def _delivered(dossier: Dossier, event: happened.DeliveryChosen) -> Dossier:
    return revise(dossier, delivery=event.way)


def _unchanged(dossier: Dossier, event: Event) -> Dossier:
    return dossier


_EVOLVE: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {
    happened.TransitionFired: _fired,
    **MANDATED,
    happened.ApologyDrafted: _unchanged,
    happened.ApologyIssued: _apologised,
    happened.NonconformityOpened: _nonconformity,
    happened.NoticeSent: _unchanged,
    happened.PaperDrafted: _unchanged,
    happened.PaperIssued: _unchanged,
    happened.DocumentDigitised: _unchanged,
    happened.DeliveryChosen: _delivered,
    happened.PartiesRebound: rebound,
    happened.FiledOnPortal: _filed,
    happened.PortalOwed: _unchanged,
    **TIMING,
    **DESK,
    **EVOLVE_KIN,
    **CONSULTING,
    **HANDOFFS,
    **ORDERED,
}
