"""What people and programs are shown of the clocks of a dossier, and why each is due when it is."""

from datetime import datetime, timedelta
from typing import Any

from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.ports import Stored
from states.calendar import BusinessCalendar
from states.clock_explanation import DayLine, explain
from states.counting import measure_of
from states.deadline import Clock
from states.dossier import CONSULT, HANDOFF, STAGE, STEP, Dossier
from states.procedure import Label, Procedure
from states.world import World

Plain = dict[str, Any]
_MINUTE = timedelta(minutes=1)


def words_of(label: Label) -> Plain:
    """Return a label in both languages."""
    return {"vi": label.vi, "en": label.en}


def rung_line(world: World, clock: Clock | None, rung: str) -> Plain | str:
    """Return where a rung stands on the ladder of a clock: `side` and `offset`; its id where the ladder has none."""
    ladder = None if clock is None or clock.ladder is None else world.procedure.ladder.get(clock.ladder)
    rungs = () if ladder is None else ladder.rungs
    found = next((one for one in rungs if one.id == rung), None)
    if found is None:
        return rung
    return {"side": found.side.value, "offset": None if found.offset is None else str(found.offset)}


def explained(house: Installation, stored: Stored) -> list[Plain]:
    """Return for each clock, day by day, what counted and why; the minutes sum up to its due instant."""
    return explained_by(house.worlds.of(stored.dossier.cfg), stored.dossier, house.now(stored))


def explained_by(world: World, dossier: Dossier, now: datetime) -> list[Plain]:
    """Return the same of a dossier as it was, by the rules that were in force then."""
    found: list[Plain] = []
    for clock in dossier.clocks.values():
        calendar = world.calendars[clock.calendar]
        lines = explain(clock.term, clock.cutoff, clock.segments, calendar, from_instant=clock.from_instant)
        found.append(
            {
                **clock_line(world, clock, now),
                "calendar": clock.calendar,
                "calendar_digest": world.calendar_digests[clock.calendar],
                "minutes": sum(line.minutes for line in lines),
                "days": [_day(line) for line in lines],
            }
        )
    return found


def _day(line: DayLine) -> Plain:
    return {
        "date": line.day.isoformat(),
        "minutes": line.minutes,
        "cumulative": line.cumulative,
        "working": line.working,
        "paused": line.paused,
        "reason": {"vi": line.reason_vi, "en": line.reason_en},
        "verified": line.verified,
        "draft": line.draft,
    }


def clock_line(world: World, clock: Clock, now: datetime) -> Plain:
    """Return what is shown of one clock at *now*."""
    calendar = world.calendars[clock.calendar]
    label, verified = _declared(world.procedure, clock.id)
    return {
        "id": clock.id,
        "label": words_of(label),
        "state": clock.state,
        "epoch": clock.epoch,
        "term": str(clock.term),
        "due": local_text(calendar, clock.due),
        "original_due": local_text(calendar, clock.original_due),
        "provisional": clock.provisional and clock.due is not None,
        "remaining_minutes": remaining(clock, calendar, now),
        "working_time": measure_of(clock.term, clock.from_instant).working,
        "late": clock.running and clock.due is not None and now > clock.due,
        "verified": verified,
        "holder": clock.holder,
        "fired": list(clock.fired),
        "segments": [
            {"kind": s.kind.value, "at": local_text(calendar, s.at), "cause": s.cause, "basis": s.basis}
            for s in clock.segments
        ],
    }


def clock_name(procedure: Procedure, clock: str) -> Plain:
    """Return what a procedure calls a clock, by its id; the id itself where this version has no such clock."""
    try:
        return words_of(_declared(procedure, clock)[0])
    except (KeyError, StopIteration):
        return {"vi": clock, "en": clock}


def _declared(procedure: Procedure, clock: str) -> tuple[Label, bool]:
    """Return what the procedure calls a clock, and whether its number was read in the legal text."""
    if clock.startswith(STEP):
        state = procedure.state[clock.removeprefix(STEP)]
        return state.label, state.clock is not None and state.clock.verified
    if clock.startswith(STAGE):
        stage = procedure.stage[clock.removeprefix(STAGE)]
        return stage.label, stage.verified
    if clock.startswith(CONSULT):
        _, question = procedure.question[clock.removeprefix(CONSULT)]
        return question.label, question.verified
    if clock.startswith(HANDOFF):
        state = procedure.state[clock.removeprefix(HANDOFF)]
        return state.label, state.handoff is not None and state.handoff.verified
    declared = next(item for item in procedure.clocks if item.id == clock)
    return declared.label, declared.verified


def remaining(clock: Clock, calendar: BusinessCalendar, now: datetime) -> int | None:
    """Return the minutes left as the term counts them, negative when late; None once the clock stopped."""
    if clock.paused:
        return clock.remaining
    if not clock.running or clock.due is None:
        return None
    if measure_of(clock.term, clock.from_instant).working:
        return calendar.between(now, clock.due)
    return (clock.due - now) // _MINUTE
