"""Consultations: answer a question, pass over one that is overdue, and show what stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from audit.record import Auth
from motcua.services.choosing import chosen_after
from motcua.services.enacting import Request, enact
from motcua.services.idempotency import once
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.peer_files import announced_files
from motcua.services.ports import QUESTION, Stored, Wait, WaitsWanted
from motcua.services.recording import Personal
from states.asking import question_clock
from states.commands import Actor, AnswerConsultation, PassOverConsultation
from states.dossier import CONSULT, Asked, Dossier, Round
from states.procedure import Consultation
from states.world import World

Plain = dict[str, Any]


def answer(
    house: Installation,
    code: str,
    consultation: str,
    question: str,
    given: str,
    actor: Actor,
    *,
    documents: Sequence[str] = (),
    reason: str | None = None,
    auth: Auth | None = None,
    key: str | None = None,
) -> Stored:
    """Answer a question for the agency that was asked; with a key once, however often it is sent.

    Raises:
        NeverAsked, NotConsulted, NotAuthorised, UnknownAnswer, InvalidFacts, AlreadyAnswered, DossierNotFound, Busy:
            Nothing was changed by the command.
    """
    idem = once(key, actor, auth, [code, consultation, question, given, list(documents), reason])

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        chosen = chosen_after(house, world, stored.dossier, consultation, now)
        papers = tuple(documents)
        command = AnswerConsultation(consultation, question, given, actor, papers, bool(reason), chosen)
        return Request(command, actor, _personal(house, reason), auth, idem=idem)

    return enact(house, code, ask)


def pass_over(
    house: Installation,
    code: str,
    consultation: str,
    question: str,
    actor: Actor,
    *,
    reason: str | None,
    auth: Auth | None = None,
) -> Stored:
    """Go on without an answer that is overdue. Raises: NeverAsked, NotPassedOver, NotAuthorised."""

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        chosen = chosen_after(house, world, stored.dossier, consultation, now)
        seen = stored.dossier.version
        command = PassOverConsultation(consultation, question, actor, seen, bool(reason), chosen)
        return Request(command, actor, _personal(house, reason), auth)

    return enact(house, code, ask)


def _personal(house: Installation, reason: str | None) -> tuple[Personal, ...]:
    return () if not reason else (Personal("reason", reason, house.new_salt()),)


# What stands


def described(house: Installation, stored: Stored) -> list[Plain]:
    """Return every consultation that a dossier has held, its latest round, question by question, with its files."""
    world, dossier = house.worlds.of(stored.dossier.cfg), stored.dossier
    found = [
        _consultation(world, dossier, declared, dossier.consultations[declared.id])
        for declared in world.procedure.consultations
        if declared.id in dossier.consultations
    ]
    for asked in (asked for held in found for asked in held["questions"]):
        asked["files"] = [told for _, told in announced_files(house, stored.id, asked["documents"])]
    return found


def _consultation(world: World, dossier: Dossier, declared: Consultation, held: Round) -> Plain:
    return {
        "id": declared.id,
        "label": {"vi": declared.label.vi, "en": declared.label.en},
        "round": held.number,
        "order": declared.order.value,
        "quorum": "all" if declared.quorum is None else declared.quorum,
        "outcome": held.outcome,
        "over": held.over,
        "questions": [_question(world, dossier, declared.id, asked) for asked in held.asked],
        "unasked": [] if held.over else list(held.unasked),
    }


def _question(world: World, dossier: Dossier, consultation: str, asked: Asked) -> Plain:
    _, question = world.procedure.question[f"{consultation}/{asked.question}"]
    clock, calendar = (
        dossier.clocks.get(question_clock(consultation, asked.question)),
        world.calendar_of(asked.agency),
    )
    return {
        "id": asked.question,
        "label": {"vi": question.label.vi, "en": question.label.en},
        "agency": asked.agency,
        "agency_name": world.directory.get(asked.agency).name,
        "asked_at": local_text(calendar, asked.asked_at),
        "due": None if clock is None else local_text(calendar, clock.due),
        "mandatory": question.mandatory,
        "silence": question.silence.value,
        "silence_source": question.silence_source,
        "standing": asked.standing,
        "late_reply": asked.late_reply,
        "documents": list(question.documents),
        "facts": {name: dossier.facts[name] for name in question.facts if name in dossier.facts},
    }


def waiting_for(house: Installation, agency: str | None = None, limit: int = 100) -> list[Plain]:
    """Return the open questions, of one agency or of all: the nearest due first, those without a term last."""
    found = house.store.waits(WaitsWanted(QUESTION, answerer=agency), limit)
    known = {stored.id: stored for stored in house.store.load_ids([row.wait.dossier_id for row in found])}
    rows = (_open(house, known.get(row.wait.dossier_id), row.wait) for row in found)
    return [row for row in rows if row is not None]


def _open(house: Installation, stored: Stored | None, wait: Wait) -> Plain | None:
    """Show a question as it stands now; None where it was settled between the two looks."""
    name, _, question = wait.id.removeprefix(CONSULT).partition("/")
    held = None if stored is None else stored.dossier.consultations.get(name)
    asked = None if held is None or held.over else held.of(question)
    if stored is None or asked is None or not asked.open:
        return None
    world = house.worlds.of(stored.dossier.cfg)
    told = _question(world, stored.dossier, name, asked)
    return {
        "code": stored.dossier.code,
        "procedure": stored.dossier.procedure,
        "lead": stored.dossier.agency,
        "consultation": name,
        "question": question,
        **{key: told[key] for key in ("agency", "asked_at", "due", "standing", "documents", "facts")},
    }
