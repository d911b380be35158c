"""What a paper says: first without personal data, as it is recorded, then with it, as it is printed."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.services.appointments import appointment
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.papers.occasion import Occasion, events_of, last_occasion
from motcua.services.papers.steps import by_agency, steps_of
from motcua.services.ports import FormSpec, PersonalValue, Stored
from states import events as happened
from states.dossier import STAGE, STEP, Dossier
from states.events import Event
from states.procedure import APPLICANT
from states.term import Term, Unit
from states.world import World

Plain = dict[str, Any]
APPLICANT_FIELD = "applicant."
CONTROL = "control_slip"
_UNITS = {
    Unit.WORKING_DAYS: ("ngày làm việc", "working days"),
    Unit.WORKING_HOURS: ("giờ làm việc", "working hours"),
    Unit.CALENDAR_DAYS: ("ngày", "days"),
    Unit.HOURS: ("giờ", "hours"),
    Unit.MONTHS: ("tháng", "months"),
}


def input_of(
    house: Installation, world: World, stored: Stored, spec: FormSpec, now: datetime, seq: int | None = None
) -> Plain:
    """Return what a paper of a form says at *now*, as plain values without personal data.

    Args:
        house: The installation.
        world: The rules of the dossier.
        stored: The dossier.
        spec: The form.
        now: The instant that the paper is dated by.
        seq: The record that owes the paper; the last that owes one of its kind when None.
    """
    history = list(events_of(house.store.records(f"dossier:{stored.id}")))
    occasion = last_occasion(history, spec.notices, seq)
    dossier = stored.dossier if occasion is None else occasion.after
    events = [event for _, event in history]
    return {
        **_heading(world, dossier, now),
        **_times(world, dossier, events),
        "documents": _documents(world, dossier),
        "missing": _missing(world, dossier),
        "occasion": _told(world, occasion),
        "reason_seq": None if occasion is None else occasion.seq,
        **(_steps(world, stored.dossier, events, now) if spec.form == CONTROL else {}),
        "signed": None,
    }


def completed(recorded: Mapping[str, Any], fresh: Mapping[str, Any]) -> Plain:
    """Fill what was blank when a paper was drafted, and date it anew; nothing else changes."""
    filled = {key: fresh[key] if value is None else value for key, value in recorded.items()}
    if recorded.get("new_due") is None and fresh.get("new_due") is not None:
        filled["reason_seq"] = fresh["reason_seq"]
    return {**filled, "date": fresh["date"]}


def sheet_of(
    number: int | None, year: int, recorded: Mapping[str, Any], values: Iterable[PersonalValue], name: str
) -> Plain:
    """Return everything that is printed: what was recorded, and the personal values behind the record.

    Args:
        number: Of the paper; None where it has none.
        year: Of its series.
        recorded: As `input_of` made it.
        values: The personal values of the dossier; what was erased is blank.
        name: The field under which the paper's own salt is kept.
    """
    applicant: dict[str, str] = {}
    reason = check = seal = ""
    for value in values:
        if value.field.startswith(APPLICANT_FIELD):
            applicant[value.field.removeprefix(APPLICANT_FIELD)] = _text(value)
        elif value.field == "reason" and value.seq == recorded.get("reason_seq"):
            reason = _text(value)
        elif value.field == name:
            check, seal = _text(value), seal_of(bytes.fromhex(value.salt))
    return {
        "applicant": applicant,
        "reason": reason,
        "check": check,
        "seal": seal,
        "number": number,
        "year": year,
        **recorded,
    }


def check_of(salt: bytes) -> str:
    """Return the text by which a paper can be checked against the records, from its salt."""
    text = base64.b32encode(hashlib.sha256(b"check" + salt).digest()).decode()[:8]
    return f"{text[:4]}-{text[4:]}"


def seal_of(salt: bytes) -> str:
    """Return what makes a paper's digest unguessable: without it a known form and a guessed name would betray it."""
    return hashlib.sha256(b"seal" + salt).hexdigest()[:32]


def _text(value: PersonalValue) -> str:
    read = json.loads(value.value)
    return read if isinstance(read, str) else json.dumps(read, ensure_ascii=False)


def _heading(world: World, dossier: Dossier, now: datetime) -> Plain:
    calendar, procedure = world.calendar_of(dossier.agency), world.procedure
    agency = world.directory.get(dossier.agency)
    parent = "" if agency.parent is None else world.directory.get(agency.parent).name
    others = dict.fromkeys(code for code in dossier.parties.values() if code != dossier.agency)
    return {
        "code": dossier.code,
        "procedure": {"code": procedure.code, "vi": procedure.name.vi, "en": procedure.name.en},
        "agency": {"code": agency.code, "name": agency.name, "parent": parent},
        "partners": [world.directory.get(code).name for code in others],
        "channel": dossier.channel,
        "date": calendar.local_date(now).isoformat(),
        "accepted": dossier.accepted_at is not None,
    }


def _times(world: World, dossier: Dossier, events: Iterable[Event]) -> Plain:
    calendar = world.calendar_of(dossier.agency)
    issued = next((e for e in reversed(list(events)) if isinstance(e, happened.ApologyIssued)), None)
    due = appointment(dossier)
    return {
        "opened_at": local_text(calendar, dossier.opened_at),
        "received_at": local_text(calendar, dossier.accepted_at),
        "due": local_text(calendar, due),
        "own_due": local_text(calendar, _own_due(dossier)),
        "previous_due": local_text(calendar, due if issued is None else issued.previous_due),
        "new_due": None if issued is None else local_text(calendar, issued.due),
        "answer_by": local_text(calendar, _answer_by(world, dossier)),
        "term": _term(dossier),
    }


def _own_due(dossier: Dossier) -> datetime | None:
    """Return by when the receiving agency must have done its own part: its stage, else its step."""
    clocks = [clock for clock in dossier.clocks.values() if clock.holder == dossier.agency and clock.running]
    for kind in (STAGE, STEP):
        dues = [clock.due for clock in clocks if clock.id.startswith(kind) and clock.due is not None]
        if dues:
            return min(dues)
    return None


def _answer_by(world: World, dossier: Dossier) -> datetime | None:
    """Return until when the applicant's answer is waited for."""
    waiting = (state for state in dossier.states if world.procedure.state[state].holder == APPLICANT)
    clocks = (dossier.clocks.get(f"{STEP}{state}") for state in waiting)
    return next((clock.due for clock in clocks if clock is not None), None)


def _term(dossier: Dossier) -> Plain | None:
    clock = dossier.clocks.get("legal") or dossier.clocks.get("committed")
    return None if clock is None else _words(clock.term)


def _words(term: Term) -> Plain:
    if term.unit is Unit.SAME_DAY:
        return {"vi": "trong ngày làm việc", "en": "the same day"}
    vi, en = _UNITS[term.unit]
    number = str(term.quarters // 4) if term.whole else f"{term.quarters / 4:g}"
    return {"vi": f"{number.replace('.', ',')} {vi}", "en": f"{number} {en}"}


def _documents(world: World, dossier: Dossier) -> list[Plain]:
    return [
        {"vi": paper.label.vi, "en": paper.label.en, "copies": paper.copies}
        for paper in world.procedure.documents
        if paper.id in dossier.documents
    ]


def _missing(world: World, dossier: Dossier) -> list[Plain]:
    sources = {citation.id: citation.instrument for citation in world.procedure.citations}
    guards = world.procedure.guards
    return [
        {"vi": paper.label.vi, "en": paper.label.en, "source": sources.get(paper.source, paper.source)}
        for paper in world.procedure.documents
        if paper.id not in dossier.documents
        and (
            paper.required
            or (paper.required_if is not None and guards[paper.required_if].evaluate(dossier.facts).ok)
        )
    ]


def _told(world: World, occasion: Occasion | None) -> Plain | None:
    if occasion is None or not isinstance(occasion.event, happened.TransitionFired):
        return None
    procedure, event = world.procedure, occasion.event
    label = procedure.transition[event.transition].label
    stages = [procedure.state[state].label for state in occasion.before]
    return {
        "vi": label.vi,
        "en": label.en,
        "at": local_text(world.calendar_of(occasion.after.agency), event.at),
        "stage_vi": ", ".join(stage.vi for stage in stages),
        "stage_en": ", ".join(stage.en for stage in stages),
    }


def _steps(world: World, dossier: Dossier, events: list[Event], now: datetime) -> Plain:
    steps = steps_of(world, dossier, events, now)
    return {"steps": steps, "agencies": by_agency(steps)}
