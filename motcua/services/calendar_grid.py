"""A calendar in force as a grid of a year: what each day is, and the days that differ from their weekday."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.services.installation import Installation
from motcua.services.notices import local_text
from states.calendar import BusinessCalendar, CalendarDay
from states.calendar_definition import CalendarYear
from states.errors import DomainError, Kind

Plain = dict[str, Any]
WORK, REST, HOLIDAY, MAKE_UP = "work", "rest", "holiday", "make_up"


class NoSuchYear(DomainError):
    """The calendar {calendar} in force has no year {year}. It has: {known}."""

    kind = Kind.NOT_FOUND
    vi = "Lịch {calendar} đang áp dụng không có năm {year}. Hiện có: {known}."


def calendars(house: Installation) -> list[Plain]:
    """Return the calendars in force, with their years and who put them in force."""
    adopted = {item.name: item for item in house.store.adopted("calendar")}
    found = []
    for name, calendar in sorted(house.worlds.calendars.items()):
        made, item = calendar.definition, adopted[name]
        found.append(
            {
                "id": name,
                "label": {"vi": made.label_vi, "en": made.label_en},
                "years": [{"year": one.year, "status": one.status} for one in made.years],
                "digest": item.digest,
                "adopted_by": item.adopted_by,
                "adopted_at": local_text(calendar, item.adopted_at),
                "source": made.source,
                "verified": made.verified,
            }
        )
    return found


def grid(house: Installation, name: str, year: int) -> Plain:
    """Return a year of a calendar in force: `months` of days, and the `exceptions` with their sources.

    Each day says `kind`: `work`, `rest` (a weekday that is never worked), `holiday` (off, though its weekday is
    worked) or `make_up` (worked, though its weekday is not).

    Raises:
        NoSuchYear: The calendar is not in force, or does not have the year.
    """
    calendar = house.worlds.calendars.get(name)
    years = {} if calendar is None else {one.year: one for one in calendar.definition.years}
    if calendar is None or year not in years:
        known = ", ".join(str(one) for one in sorted(years)) or "-"
        raise NoSuchYear(calendar=name[:60], year=year, known=known)
    days = list(calendar.days(date(year, 1, 1), date(year, 12, 31)))
    return {
        "id": name,
        "year": year,
        "status": years[year].status,
        "source": years[year].source,
        "months": [_month(calendar, days, year, month) for month in range(1, 13)],
        "exceptions": _exceptions(years[year]),
        "working_days": sum(day.working for day in days),
    }


def grid_to_change(house: Installation, name: str, year: int) -> Plain:
    """Return what a form that proposes a year shows: its grid, or that of the year after the last, still empty.

    `digest` is that of the calendar in force, `working` says by day whether it is worked as things are.

    Raises:
        NoSuchYear: The calendar is not in force, or the year is neither one of its years nor the next.
    """
    calendar = house.worlds.calendars.get(name)
    last = 0 if calendar is None else max(one.year for one in calendar.definition.years)
    if calendar is None or year != last + 1:
        shown, added = grid(house, name, year), False
    else:
        shown, added = _next_year(calendar, year), True
    months = [day for month in shown["months"] for day in month]
    return {
        **shown,
        "added": added,
        "digest": house.worlds.calendar_digests[name],
        "working": {day["date"]: day["kind"] in (WORK, MAKE_UP) for day in months},
        "makeup_hours": _hours(house.worlds.calendars[name]),
    }


def _next_year(calendar: BusinessCalendar, year: int) -> Plain:
    definition = calendar.definition
    empty = CalendarYear(year, "draft", ())
    longer = BusinessCalendar(replace(definition, years=(*definition.years, empty)))
    days = list(longer.days(date(year, 1, 1), date(year, 12, 31)))
    return {
        "id": definition.id,
        "year": year,
        "status": empty.status,
        "source": None,
        "months": [_month(longer, days, year, month) for month in range(1, 13)],
        "exceptions": [],
        "working_days": sum(day.working for day in days),
    }


def _hours(calendar: BusinessCalendar) -> str:
    """Return the hours of a make-up day, such as `07:00-11:30, 13:30-17:00`."""
    return ", ".join(
        f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
        for start, end in calendar.definition.makeup_hours
    )


def _month(calendar: BusinessCalendar, days: list[CalendarDay], year: int, month: int) -> list[Plain]:
    first = date(year, month, 1).timetuple().tm_yday - 1
    return [_day(calendar, day) for day in days[first : first + monthrange(year, month)[1]]]


def _day(calendar: BusinessCalendar, day: CalendarDay) -> Plain:
    usual = bool(calendar.definition.hours[day.date.weekday()])
    kind = (WORK if usual else MAKE_UP) if day.working else (HOLIDAY if usual else REST)
    return {
        "date": day.date.isoformat(),
        "kind": kind,
        "minutes": day.minutes,
        "reason": {"vi": day.reason_vi, "en": day.reason_en},
    }


def _exceptions(year: CalendarYear) -> list[Plain]:
    return [
        {
            "date": one.day.isoformat(),
            "working": one.working,
            "reason": {"vi": one.reason_vi, "en": one.reason_en},
            "source": one.source,
            "document": one.document,
            "verified": one.verified,
            "for_day": None if one.for_day is None else one.for_day.isoformat(),
        }
        for one in sorted(year.exceptions, key=lambda one: one.day)
    ]
