"""How a day of a calendar is told: as JSON, and in words."""

from typing import Any

from motcua.cli.output import words
from states.calendar import CalendarDay
from states.clock_explanation import DayLine


def line_json(line: DayLine) -> dict[str, Any]:
    """Return a day of a count as programs read it."""
    return {
        "date": line.day,
        "working": line.working,
        "minutes": line.minutes,
        "cumulative": line.cumulative,
        "reason": reason_of(line),
        "verified": line.verified,
        "draft": line.draft,
    }


def day_json(day: CalendarDay) -> dict[str, Any]:
    """Return a day of a calendar as programs read it."""
    return {
        "date": day.date,
        "working": day.working,
        "minutes": day.minutes,
        "reason": reason_of(day),
        "verified": day.verified,
        "draft": day.draft,
        "source": day.source,
        "document": day.document,
    }


def reason_of(day: DayLine | CalendarDay) -> str:
    """Say why the day counts as it does."""
    return words(day.reason_vi, day.reason_en)


def work_of(day: CalendarDay) -> str:
    """Say whether the day is worked."""
    return words("làm việc", "working") if day.working else words("nghỉ", "off")
