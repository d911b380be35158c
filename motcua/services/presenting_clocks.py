"""What people and programs are shown of the clocks of a dossier, and why each is due when it is."""

from datetime import datetime, timedelta
from typing import Any

from motcua.services.installation import Installation
from motcua.services.naming import clock_name, declared_clock, rung_line, words_of
from motcua.services.notices import local_text
from motcua.services.ports import Stored
from states.calendar import BusinessCalendar
from states.clock_explanation import DayLine, explain
from states.counting import measure_of
from states.deadline import Clock
from states.dossier import Dossier
from states.world import World

__all__ = ["clock_line", "clock_name", "explained", "explained_by", "remaining", "rung_line", "words_of"]

Plain = dict[str, Any]
_MINUTE = timedelta(minutes=1)


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
    label, verified = declared_clock(world.procedure, clock.id)
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


def remaining(clock: Clock, calendar: BusinessCalendar, now: datetime) -> int | None:
    """Return the minutes left as the term counts them, negative when late; None once the clock stopped."""
    if clock.paused:
        return clock.remaining
    if not clock.running or clock.due is None:
        return None
    if measure_of(clock.term, clock.from_instant).working:
        return calendar.between(now, clock.due)
    return (clock.due - now) // _MINUTE
