"""What of a dossier goes to an agency that is only asked about it, or only offered it, and nothing else of it.

Asked: the question, the papers and facts that the procedure shares with it, its clock, its own reply. Offered: what
comes, from whom, until when it must be answered and the dossier decided, and the papers that go along, because
whether these are complete is what is accepted or returned.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from motcua.services.access import Sight, Visitor, looked_at, record_denial
from motcua.services.appointments import promised
from motcua.services.consultations import described
from motcua.services.inbox import lit
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.peer_files import announced_files
from motcua.services.ports import DossierNotFound, Stored
from motcua.services.presenting_clocks import words_of
from motcua.services.tasks import claimable
from motcua.services.trying import theirs
from states.asking import question_clock
from states.commands import AnswerConsultation
from states.concern import papers_along, questions_to
from states.dossier import HANDOFF, Passage
from states.procedure import APPLICANT

Plain = dict[str, Any]
_REPLIES = ("question_answered", "late_reply_kept")


def share_of(house: Installation, visitor: Visitor, sight: Sight) -> Plain:
    """Return what a visitor is shown of a dossier of which they do not see everything.

    Returns:
        `code`, `procedure`, `lead` (its name), `questions` and `offers` to agencies of theirs.
    """
    stored, dossier = sight.stored, sight.stored.dossier
    procedure = house.worlds.procedure(dossier.cfg)
    offers = [one for one in dossier.handoffs.values() if one.receiver in sight.agencies]
    return {
        "code": dossier.code,
        "procedure": {"code": dossier.procedure, "label": words_of(procedure.name)},
        "lead": _name(house, dossier.agency),
        "questions": list(_questions(house, visitor, sight)),
        "offers": [_offer(house, stored, one) for one in offers],
    }


def question_of(house: Installation, visitor: Visitor, code: str, consultation: str, question: str) -> Plain:
    """Return a question to an agency of the visitor, with what it shares of the dossier and nothing else.

    Raises:
        DossierNotFound: There is no such question, or it is put to somebody else; the latter is recorded.
    """
    sight = looked_at(house, visitor, code)
    for asked in _questions(house, visitor, sight):
        if (asked["consultation"], asked["id"]) == (consultation, question):
            return asked
    record_denial(house, visitor, "answer", f"dossier:{sight.stored.id}", "asked of another agency, or never")
    raise DossierNotFound(code=code)


def _questions(house: Installation, visitor: Visitor, sight: Sight) -> Iterator[Plain]:
    stored, dossier = sight.stored, sight.stored.dossier
    world = house.worlds.of(dossier.cfg)
    put = {name for agency in sight.agencies for name in questions_to(dossier, agency)}
    for held in described(house, stored):
        for asked in held["questions"]:
            if f"{held['id']}/{asked['id']}" not in put:
                continue
            clock = dossier.clocks.get(question_clock(held["id"], asked["id"]))
            stands = not held["over"] and asked["standing"] in ("open", "overdue")
            yield {
                **asked,
                "consultation": held["id"],
                "code": dossier.code,
                "version": dossier.version,
                "procedure": words_of(world.procedure.name),
                "lead": _name(house, dossier.agency),
                "light": lit(world, clock, house.now(stored)),
                "stands": stands,
                "open": stands
                and asked["agency"] in visitor.agencies
                and theirs(house.whole, stored, visitor.actor, _any_answer(visitor, held["id"], asked["id"])),
                "facts": _facts(house, stored, asked["facts"]),
                "papers": _papers(house, stored, asked["documents"]),
                "tasks": _tasks(house, visitor, sight, question_clock(held["id"], asked["id"])),
                "reply": _reply(house, stored, (held["id"], asked["id"], held["round"])),
            }


def _any_answer(visitor: Visitor, consultation: str, question: str) -> AnswerConsultation:
    """What is asked of the decision to learn whether an answer would be the visitor's to give."""
    return AnswerConsultation(consultation, question, "agree", visitor.actor)


def _tasks(house: Installation, visitor: Visitor, sight: Sight, clock: str) -> list[Plain]:
    dossier = sight.stored.dossier
    tasks = [task for task in dossier.tasks if task.clock == clock and sight.covers(task.agency)]
    own = claimable(house.whole, sight.stored, visitor.actor) if tasks else frozenset()
    return [{"id": task.id, "assignee": task.assignee, "claimable": task.id in own} for task in tasks]


def _offer(house: Installation, stored: Stored, passage: Passage) -> Plain:
    world, dossier = house.worlds.of(stored.dossier.cfg), stored.dossier
    now, due = house.now(stored), promised(dossier)
    along = papers_along(world.procedure, dossier, passage)
    return {
        "state": passage.state,
        "label": words_of(world.procedure.state[passage.state].label),
        "sender": _name(house, passage.sender),
        "receiver": _name(house, passage.receiver),
        "status": passage.status,
        "open": passage.open,
        "offered_at": local_text(world.calendar, passage.offered_at),
        "answered_at": local_text(world.calendar, passage.answered_at),
        "light": lit(world, dossier.clocks.get(f"{HANDOFF}{passage.state}"), now),
        "due": None if due is None or not passage.open else local_text(world.calendar, due.due),
        "papers": _papers(house, stored, along) if passage.open else [],
    }


def _reply(house: Installation, stored: Stored, asked: tuple[str, str, int]) -> Plain | None:
    """The last answer to a question of a round as its agency gave it, with its reasons where they are still there."""
    reasons = {value.seq: value.value for value in house.store.personal(stored.id) if value.field == "reason"}
    calendar, found = house.worlds.of(stored.dossier.cfg).calendar, None
    for row in house.store.records(f"dossier:{stored.id}"):
        for event in json.loads(row.raw)["events"] if row.type == "consultation" else ():
            put = tuple(event.get(name) for name in ("consultation", "question", "round"))
            if event["kind"] in _REPLIES and put == asked:
                found = {
                    "answer": event["answer"],
                    "officer": event["officer"],
                    "at": local_text(calendar, row.at),
                    "reason": _said(reasons.get(row.seq)),
                }
    return found


def _said(value: str | None) -> str | None:
    return None if value is None else str(json.loads(value))


def _facts(house: Installation, stored: Stored, shared: Plain) -> list[Plain]:
    procedure = house.worlds.procedure(stored.dossier.cfg)
    labels = {fact.id: words_of(fact.label) for fact in procedure.facts}
    return [{"id": name, "label": labels.get(name, name), "value": value} for name, value in shared.items()]


def _papers(house: Installation, stored: Stored, names: Iterable[str]) -> list[Plain]:
    """Each paper that is shared, whether it was handed in, and whether it has files."""
    procedure = house.worlds.procedure(stored.dossier.cfg)
    labels = {paper.id: words_of(paper.label) for paper in procedure.documents}
    return [
        {
            "id": name,
            "label": labels.get(name, {"vi": name, "en": name}),
            "there": name in stored.dossier.documents,
            "files": any(True for _ in announced_files(house, stored.id, [name])),
        }
        for name in names
    ]


def _name(house: Installation, agency: str) -> str | None:
    """Return what an agency is called; None for the applicant."""
    if agency == APPLICANT:
        return None
    known = house.worlds.directory.agency.get(agency)
    return agency if known is None else known.name
