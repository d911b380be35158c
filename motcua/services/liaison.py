"""Between agencies, as an officer sees it: what is offered to us, what we are asked, and what waits at others."""

from collections.abc import Iterable, Iterator
from typing import Any

from motcua.services.delivering import chosen
from motcua.services.inbox import lit
from motcua.services.installation import Installation
from motcua.services.marks import UnreadableMark, read_mark, write_mark
from motcua.services.notices import local_text
from motcua.services.ports import OFFER, QUESTION, Cursor, Stored, Wait, WaitsWanted
from motcua.services.presenting_clocks import words_of
from motcua.services.trying import theirs
from states.commands import AcceptHandoff, AcknowledgeHandoff, Actor, Command, ReturnHandoff
from states.dossier import CONSULT, HANDOFF, Passage
from states.procedure import APPLICANT, Via
from states.wire import instant, instant_text

Plain = dict[str, Any]
PAGE = 50
_OUT = 500
"""So many of an agency's waits are looked at for what it waits for itself."""


def offers(
    house: Installation, agency: str, after: str | None = None, limit: int = PAGE, actor: Actor | None = None
) -> Plain:
    """Return `rows` of what an agency is to accept or give back, the nearest due first, and `next` or None.

    `acts` of a row says which of acknowledge, accept and return *actor* may do.
    """
    found = house.store.waits(WaitsWanted(OFFER, answerer=agency), limit + 1, _read(after))
    rows = _shown(house, (row.wait for row in found[:limit]), actor)
    return {"rows": rows, "next": _write(found[limit - 1].cursor) if len(found) > limit else None}


def questions(house: Installation, agency: str, after: str | None = None, limit: int = PAGE) -> Plain:
    """Return `rows` of what an agency is to answer, the nearest due first, and `next` or None."""
    found = house.store.waits(WaitsWanted(QUESTION, answerer=agency), limit + 1, _read(after))
    rows = _shown(house, (row.wait for row in found[:limit]))
    return {"rows": rows, "next": _write(found[limit - 1].cursor) if len(found) > limit else None}


def outgoing(house: Installation, agency: str) -> list[Plain]:
    """Return what an agency waits for itself, at whom, the nearest due first."""
    found = house.store.waits(WaitsWanted(either=agency), _OUT)
    return _shown(house, (row.wait for row in found if row.wait.asker == agency != row.wait.answerer))


def by_post(house: Installation, agency: str) -> list[Plain]:
    """Return what an agency sent, or is to send, by post and nobody has confirmed as delivered."""
    rows = outgoing(house, agency)
    return [row for row in rows if row["via"] == Via.POST and row["status"] in ("offered", "dispatched")]


def _shown(house: Installation, waits: Iterable[Wait], actor: Actor | None = None) -> list[Plain]:
    """Show rows as their dossiers stand now; what was settled between the two looks is left out."""
    listed = list(waits)
    known = {stored.id: stored for stored in house.store.load_ids([wait.dossier_id for wait in listed])}
    rows = (_row(house, known[wait.dossier_id], wait, actor) for wait in listed if wait.dossier_id in known)
    return [row for found in rows for row in found]


def _row(house: Installation, stored: Stored, wait: Wait, actor: Actor | None) -> Iterator[Plain]:
    world, now, dossier = house.worlds.of(stored.dossier.cfg), house.now(stored), stored.dossier
    row = {
        "code": dossier.code,
        "version": dossier.version,
        "procedure": words_of(world.procedure.name),
        "asker": _name(house, wait.asker),
        "answerer": _name(house, wait.answerer),
        "status": wait.status,
        "since": local_text(world.calendar, wait.since),
        "clock": lit(world, dossier.clocks.get(wait.id), now),
        "kind": wait.kind,
        "via": None,
    }
    if wait.kind == QUESTION:
        consultation, _, question = wait.id.removeprefix(CONSULT).partition("/")
        label = words_of(world.procedure.question[f"{consultation}/{question}"][1].label)
        yield {**row, "consultation": consultation, "question": question, "label": label}
        return
    passage = dossier.offered(wait.id.removeprefix(HANDOFF))
    if passage is not None:
        yield {**row, **_offer(house, stored, passage), "acts": _acts(house, stored, passage, actor)}


def _acts(house: Installation, stored: Stored, passage: Passage, actor: Actor | None) -> list[str]:
    if actor is None:
        return []
    where = (passage.state, actor, stored.dossier.version)
    wanted: dict[str, Command] = {
        "acknowledge": AcknowledgeHandoff(*where),
        "accept": AcceptHandoff(*where),
        "return": ReturnHandoff(*where, reasoned=True),
    }
    return [name for name, command in wanted.items() if theirs(house.whole, stored, actor, command)]


def _offer(house: Installation, stored: Stored, passage: Passage) -> Plain:
    procedure = house.worlds.procedure(stored.dossier.cfg)
    state = procedure.state[passage.state]
    return {
        "state": passage.state,
        "label": words_of(state.label),
        "via": passage.via,
        "carrier": passage.carrier,
        "receipt": passage.receipt,
        "to": chosen(house, stored)["to"] if passage.receiver == APPLICANT else None,
        "acknowledged": passage.acknowledged_at is not None,
        "returns": state.handoff is not None and state.handoff.returns is not None,
    }


def _name(house: Installation, agency: str) -> str | None:
    """Return what an agency is called; None for the applicant."""
    if agency == APPLICANT:
        return None
    known = house.worlds.directory.agency.get(agency)
    return agency if known is None else known.name


def _write(place: Cursor) -> str:
    return write_mark([None if place.due is None else instant_text(place.due), place.code, place.id])


def _read(text: str | None) -> Cursor | None:
    """Read a place in the list; it chooses where to begin, never what may be seen. Raises: UnreadableMark."""
    if not text:
        return None
    due, code, name = read_mark(text)
    if code is None or name is None:
        raise UnreadableMark
    try:
        return Cursor(None if due is None else instant(due), code, name)
    except ValueError as error:
        raise UnreadableMark from error
