"""Which open handoffs and questions follow from a dossier: the rows that lists and inboxes read."""

from collections.abc import Iterator
from datetime import datetime

from motcua.services.ports import OFFER, QUESTION, Wait
from states.dossier import CONSULT, HANDOFF, Dossier


def waits_of(dossier_id: str, dossier: Dossier) -> tuple[Wait, ...]:
    """Return the rows that follow from a dossier as it stands."""
    if dossier.ended or not (dossier.handoffs or dossier.consultations):
        return ()
    return (*_offers(dossier_id, dossier), *_questions(dossier_id, dossier))


def _offers(dossier_id: str, dossier: Dossier) -> Iterator[Wait]:
    for state, passage in dossier.handoffs.items():
        if passage.open:
            name = f"{HANDOFF}{state}"
            told = passage.number, passage.sender, passage.receiver, passage.status, passage.offered_at
            yield Wait(dossier_id, name, OFFER, *told, _due(dossier, name))


def _questions(dossier_id: str, dossier: Dossier) -> Iterator[Wait]:
    for consultation, held in dossier.consultations.items():
        for asked in () if held.over else held.asked:
            if asked.open:
                name = f"{CONSULT}{consultation}/{asked.question}"
                told = held.number, dossier.agency, asked.agency, asked.standing, asked.asked_at
                yield Wait(dossier_id, name, QUESTION, *told, _due(dossier, name))


def _due(dossier: Dossier, clock: str) -> datetime | None:
    found = dossier.clocks.get(clock)
    return None if found is None else found.due
