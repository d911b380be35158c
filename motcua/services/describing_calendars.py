"""Changes of calendars as pages show them: which days would differ, what would follow, and what became of it."""

from typing import Any

from motcua.services.calendar_changes import DayChange, YearChange
from motcua.services.calendar_effects import CalendarEffect, effect_of
from motcua.services.calendar_proposals import (
    PROPOSED,
    Proposed,
    definition_in_force,
    find_proposal,
    proposals,
    result_of,
    unfinished,
)
from motcua.services.calendars import DayDifference, differences
from motcua.services.identity import calendar_of_province
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from states.calendar import CalendarDay
from states.errors import DomainError

Plain = dict[str, Any]
_SHOWN = 50


def described_all(house: Installation) -> list[Plain]:
    """Return the changes that were proposed, the newest first, without what would follow."""
    return [_told(house, one) for one in proposals(house)[:_SHOWN]]


def described(house: Installation, digest: str) -> Plain:
    """Return a change that was proposed; while it is open, with the days that would differ and what would follow.

    `unfit` says in both languages why it cannot be approved any more. Raises: CalendarProposalNotFound.
    """
    found = find_proposal(house, digest)
    told = {
        **_told(house, found),
        "unfinished": unfinished(house, found),
        "days": [_day_of(one) for one in found.change.days],
        "foreseen": None,
    }
    if found.status != PROPOSED:
        return {**told, "unfit": None}
    try:
        return {**told, "foreseen": shown_change(house, found.change), "unfit": None}
    except DomainError as error:
        return {**told, "unfit": {"vi": error.message("vi"), "en": error.message("en")}}


def shown_change(house: Installation, change: YearChange) -> Plain:
    """Return the days that would differ and what would follow. Raises: UnfitCalendarChange, CalendarMovedOn."""
    after = result_of(house, change)
    known = definition_in_force(house, change.calendar)
    assert known is not None, "what it is made of is in force"
    added = change.year not in {one.year for one in known[0].years}
    days = differences(known[0], after)
    return {
        "added": added,
        "days": [_difference(one) for one in days if not added or _special(one.after)],
        "effect": _effect(effect_of(house, after)),
    }


def _special(day: CalendarDay | None) -> bool:
    """Tell whether a day of a new year differs from its weekday: these come with a source."""
    return day is not None and day.source is not None


def _told(house: Installation, one: Proposed) -> Plain:
    calendar = calendar_of_province(house)
    return {
        "digest": one.digest,
        "calendar": one.change.calendar,
        "year": one.change.year,
        "status_of_year": one.change.status,
        "verified": one.change.verified,
        "count": len(one.change.days),
        "papers": sorted({day.document for day in one.change.days if day.document}),
        "by": one.by,
        "at": local_text(calendar, one.at),
        "status": one.status,
        "decided_by": one.decided_by,
        "decided_at": local_text(calendar, one.decided_at),
    }


def _day_of(change: DayChange) -> Plain:
    return {
        "day": change.day.isoformat(),
        "becomes": change.becomes.value,
        "reason": {"vi": change.reason_vi, "en": change.reason_en or change.reason_vi},
        "document": change.document,
        "source": change.source,
        "for_day": None if change.for_day is None else change.for_day.isoformat(),
    }


def _difference(one: DayDifference) -> Plain:
    return {"day": one.day.isoformat(), "before": _side(one.before), "after": _side(one.after)}


def _side(day: CalendarDay | None) -> Plain | None:
    if day is None:
        return None
    reason = {"vi": day.reason_vi, "en": day.reason_en}
    return {"working": day.working, "minutes": day.minutes, "reason": reason, "document": day.document}


def _effect(found: CalendarEffect) -> Plain:
    return {
        "looked": found.looked,
        "all": found.all,
        "moved": found.moved,
        "failed": found.failed,
        "examples": [
            {
                "code": one.code,
                "clock": one.clock,
                "label": one.label,
                "before": None if one.before is None else one.before.isoformat(),
                "after": None if one.after is None else one.after.isoformat(),
            }
            for one in found.examples
        ],
    }
