"""A dossier as it was right after one of its records: state, clocks, holders, and the record itself."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from audit.chain import leaf_hash
from audit.record import AuditRecord, UnreadableRecord, from_raw
from audit.replay import Moment as Line
from audit.replay import Turn, Unreplayable, lines, turns
from audit.rulebook import UnknownRules
from motcua.services.auditing.reading import familiar
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import NewRecord, Stored
from motcua.services.presenting_clocks import clock_line, explained_by, words_of
from states.deadline import Clock
from states.errors import DomainError
from states.procedure import APPLICANT, SYSTEM, Procedure
from states.world import World

Plain = dict[str, Any]
T = TypeVar("T")
NOTHING: list[Plain] = []
_MALFORMED = (AttributeError, LookupError, TypeError, ValueError, ArithmeticError)
"""What a record that was tampered with can make anything raise that reads it."""


def inspect(house: Installation, stored: Stored, seq: int | None = None) -> Plain:
    """Return a dossier as of its record *seq* (None: the last; one out of range: the nearest).

    Whatever stands in the records, this answers: a record that cannot be read is shown as text, and what cannot be
    replayed has no `moment`, but the reason in `broken`.
    """
    rows = house.store.records(f"dossier:{stored.id}")
    count = len(rows)
    at = count if seq is None else min(max(seq, 1), count)
    replayed, broken = _turns(rows)
    turn = replayed[at - 1] if 0 < at <= len(replayed) else None
    return {
        "count": count,
        "seq": at,
        "record": None if not rows else _record(house, stored, rows[at - 1]),
        "moment": None if turn is None else _moment(house, stored, turn),
        "broken": broken,
    }


def _turns(rows: Sequence[NewRecord]) -> tuple[list[Turn], Plain | None]:
    """Replay as far as it goes, and say where and why it does not go on."""
    found: list[Turn] = []
    try:
        for turn in turns(map(from_raw, (row.raw for row in rows))):
            found.append(turn)
    except (UnreadableRecord, Unreplayable) as error:
        return found, {"seq": len(found) + 1, "vi": error.message("vi"), "en": error.message("en")}
    except _MALFORMED as error:
        reason = f"{type(error).__name__} {error}"
        return found, {"seq": len(found) + 1, "vi": reason, "en": reason}
    return found, None


def _record(house: Installation, stored: Stored, row: NewRecord) -> Plain:
    """Return a record as it is stored; its hash computed from its text, whatever the row says."""
    nothing: Plain = {}
    said = _guarded(lambda: dict(json.loads(row.raw)), nothing)
    pretty = json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) if said else row.raw
    local = house.worlds.of(stored.dossier.cfg).calendar
    computed = leaf_hash(row.raw)
    return {
        "seq": row.seq,
        "type": row.type,
        "at": local_text(local, row.at),
        "raw": row.raw,
        "pretty": pretty,
        "stored_hash": row.leaf_hash,
        "hash": computed,
        "same": computed == row.leaf_hash,
        "prev": said.get("prev"),
        "actor": said.get("actor"),
        "on_behalf": said.get("on_behalf"),
        "position": said.get("position"),
        "agency": said.get("agency"),
        "cause": said.get("cause"),
        "auth": said.get("auth"),
        "events": _guarded(lambda: [_event(event) for event in said.get("events", ())], NOTHING),
    }


def _event(event: Plain) -> Plain:
    return {
        "kind": str(event["kind"]),
        "facts": [(name, _short(value)) for name, value in sorted(event.items()) if name != "kind"],
    }


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _moment(house: Installation, stored: Stored, turn: Turn) -> Plain:
    """Return what was known right after a record, by the rules that the record cites."""
    world, cited = _world(house, stored, turn.record)
    dossier, procedure, now = turn.after, world.procedure, turn.record.at
    line = Line(turn.record.seq, turn.record.type.value, now, dossier)
    none: Plain = {"holder": {}, "custody": {}}
    told = _guarded(lambda: lines([line], procedure, world.calendars)[0], none)
    return {
        "at": local_text(world.calendar, now),
        "states": [{"id": id, "label": _label(procedure, id)} for id in dossier.states],
        "lit": dossier.states,
        "procedure": procedure,
        "cited": cited,
        "public": dossier.public,
        "version": dossier.version,
        "holders": [_holder(world, state, who, turn) for state, who in told["holder"].items()],
        "custody": told["custody"],
        "tasks": [
            {"label": _label(procedure, task.state), "assignee": task.assignee, "agency": task.agency}
            for task in dossier.tasks
        ],
        "clocks": _guarded(lambda: [_clock(world, one, now) for one in dossier.clocks.values()], NOTHING),
        "explained": _guarded(lambda: explained_by(world, dossier, now), NOTHING),
        "facts": sorted(dossier.facts.items()),
    }


def _clock(world: World, clock: Clock, now: datetime) -> Plain:
    """Return a clock with `left`, the minutes of the wall clock to its due; of a paused one as the term counts."""
    wall = None if clock.due is None or not clock.running else (clock.due - now) // timedelta(minutes=1)
    line, day = clock_line(world, clock, now), world.calendar.local_date(now)
    name = world.directory.name_of(line["holder"], day)
    return {**line, "holder_name": name, "left": clock.remaining if clock.paused else wall}


def _world(house: Installation, stored: Stored, record: AuditRecord) -> tuple[World, bool]:
    """Return the rules that a record cites, or those of today where it cites none, and which of both it is."""
    if record.cfg is not None and record.directory is not None:
        try:
            return familiar(house.store).world(record.cfg, record.calendars, record.directory), True
        except (UnknownRules, *_MALFORMED):
            pass
    return house.worlds.of(stored.dossier.cfg), False


def _holder(world: World, state: str, who: Plain, turn: Turn) -> Plain:
    role = world.procedure.role.get(who["role"] or "")
    known = {APPLICANT: ("người nộp", "the applicant"), SYSTEM: ("hệ thống", "the system")}
    vi, en = known.get(who["role"] or "", (who["role"] or "–", who["role"] or "–"))
    agency = who["agency"]
    day = world.calendar.local_date(turn.record.at)
    return {
        "state": _label(world.procedure, state),
        "role": {"vi": vi, "en": en} if role is None else words_of(role.label),
        "agency": None if agency is None else _guarded(lambda: world.directory.name_of(agency, day), agency),
    }


def _label(procedure: Procedure, state: str) -> Plain:
    found = procedure.state.get(state)
    return {"vi": state, "en": state} if found is None else words_of(found.label)


def _guarded(look: Callable[[], T], otherwise: T) -> T:
    """Return what is found, or *otherwise* where a record that was tampered with makes it impossible."""
    try:
        return look()
    except (DomainError, *_MALFORMED):
        return otherwise
