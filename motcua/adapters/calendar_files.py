"""Reads a calendar from its folder: `calendar.yaml` holds the office hours, `<year>.yaml` a year's days."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from motcua.adapters.calendar_reading import CALENDAR_RULES, Reading, problem_at
from motcua.adapters.yaml_files import InvalidFile, LocatedProblem
from states.calendar import CalendarDefinition, CalendarYear, DayException, Segments
from states.problem import Path as Trail

HEAD = "calendar.yaml"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HEAD_KEYS = frozenset(
    {
        "schema_version",
        "id",
        "label",
        "utc_offset",
        "day_minutes",
        "hours",
        "makeup_hours",
        "source",
        "verified",
    }
)
_YEAR_KEYS = frozenset({"schema_version", "calendar", "year", "status", "source", "off", "work"})
_DAY_KEYS = frozenset({"day", "label", "source", "document", "verified"})
_YEAR_FILE = re.compile(r"([12][0-9]{3})\.yaml", re.ASCII)
_OFFSET = re.compile(r"([+-])(0[0-9]|1[0-4]):([0-5][0-9])", re.ASCII)
_SEGMENT = re.compile(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])", re.ASCII)
_DAY_END = 24 * 60


def read_calendars(root: Path) -> dict[str, CalendarDefinition]:
    """Read every folder under *root* as a calendar; the key is its id.

    Raises:
        InvalidFile: With the problems of all the calendars at once.
    """
    found: dict[str, CalendarDefinition] = {}
    problems: list[LocatedProblem] = []
    folders = sorted(item for item in root.iterdir() if item.is_dir()) if root.is_dir() else []
    for folder in folders:
        try:
            found[folder.name] = read_calendar(folder)
        except InvalidFile as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidFile(tuple(problems), CALENDAR_RULES)
    return found


def read_calendar(folder: Path) -> CalendarDefinition:
    """Read the calendar whose id is the folder's name.

    Raises:
        InvalidFile: With all the problems of all its files (`states.calendar_rules`, `states.file_rules`).
    """
    problems = _folder_problems(folder)
    head = Reading(folder / HEAD)
    week = _week(head)
    years = [_year(Reading(path), week, folder.name, problems) for path in _year_files(folder)]
    definition = _definition(head, week, tuple(years), folder)
    problems = [*head.problems, *problems]
    if not problems:
        problems = _swap_problems(definition, folder)
    if problems:
        raise InvalidFile(tuple(problems), CALENDAR_RULES)
    return definition


# The folder


def _year_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if _YEAR_FILE.fullmatch(path.name))


def _folder_problems(folder: Path) -> list[LocatedProblem]:
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    years = sorted(int(path.stem) for path in _year_files(folder))
    strange = sorted(n for n in names if n != HEAD and not _YEAR_FILE.fullmatch(n) and n[0] not in "._")
    found = [problem_at(folder / name, "E-CAL-017", name=name) for name in strange]
    found += [problem_at(folder / HEAD, "E-CAL-001", name=HEAD)] if HEAD not in names else []
    found += [problem_at(folder, "E-CAL-001", name="2026.yaml")] if not years else []
    gaps = [year for year in range(years[0], years[-1]) if year not in years] if years else []
    return found + [problem_at(folder / f"{year}.yaml", "E-CAL-015", year=year) for year in gaps]


def _swap_problems(definition: CalendarDefinition, folder: Path) -> list[LocatedProblem]:
    """Find the make-up days that pay back a day which is not off; they may lie in another year."""
    listed = [item for year in definition.years for item in year.exceptions]
    off = {item.day for item in listed if not item.working}
    return [
        problem_at(folder / f"{item.day.year}.yaml", "E-CAL-010", day=item.day, for_day=item.for_day)
        for item in listed
        if item.working and item.for_day not in off
    ]


# The office hours


def _definition(
    head: Reading, week: tuple[Segments, ...] | None, years: tuple[CalendarYear, ...], folder: Path
) -> CalendarDefinition:
    top = head.mapping((), _HEAD_KEYS)
    head.same(("id",), top.get("id"), folder.name)
    vi, en = head.label(("label",), top.get("label"))
    return CalendarDefinition(
        id=folder.name,
        label_vi=vi,
        label_en=en,
        utc_offset_minutes=_offset(head, top.get("utc_offset")),
        day_minutes=_day_minutes(head, top.get("day_minutes")),
        hours=week or ((),) * len(WEEKDAYS),
        makeup_hours=_segments(head, ("makeup_hours",), top.get("makeup_hours")),
        years=years,
        source=head.text_or_none(("source",), top.get("source")),
        verified=head.flag(("verified",), top.get("verified")),
    )


def _offset(head: Reading, value: object) -> int:
    match = _OFFSET.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        head.wrong(("utc_offset",), value, "độ lệch giờ như +07:00", "an offset such as +07:00")
        return 0
    sign = -1 if match[1] == "-" else 1
    return sign * (int(match[2]) * 60 + int(match[3]))


def _day_minutes(head: Reading, value: object) -> int:
    """A quarter of a working day must be whole minutes."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _DAY_END or value % 4:
        head.wrong(
            ("day_minutes",),
            value,
            "số phút chia hết cho 4, tối đa 1440",
            "minutes, a multiple of 4, up to 1440",
        )
        return 4
    return value


def _week(head: Reading) -> tuple[Segments, ...] | None:
    """Read the hours of the seven weekdays; None when the week itself is not understood."""
    top = head.value if isinstance(head.value, dict) else {}
    hours = top.get("hours")
    if not isinstance(hours, dict) or set(hours) != set(WEEKDAYS):
        if "hours" in top:
            given = ", ".join(str(key) for key in hours) if isinstance(hours, dict) else str(hours)
            head.note(("hours",), "E-CAL-014", given=given)
        return None
    week = tuple(_segments(head, ("hours", name), hours[name]) for name in WEEKDAYS)
    if not any(week):
        head.note(("hours",), "E-CAL-014", given="no working hours at all")
    return week


def _segments(reading: Reading, path: Trail, value: object) -> Segments:
    found: list[tuple[int, int]] = []
    for index, item in enumerate(reading.items(path, value)):
        segment = _segment(item)
        if segment is None:
            reading.note((*path, index), "E-CAL-012", given=item)
        elif found and segment[0] <= found[-1][1]:
            reading.note((*path, index), "E-CAL-013", given=item)
        else:
            found.append(segment)
    return tuple(found)


def _segment(item: object) -> tuple[int, int] | None:
    match = _SEGMENT.fullmatch(item) if isinstance(item, str) else None
    if match is None:
        return None
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    return (start, end) if start < end <= _DAY_END else None


# The years


def _year(
    reading: Reading, week: tuple[Segments, ...] | None, calendar: str, problems: list[LocatedProblem]
) -> CalendarYear:
    """Read one year file; its problems are added to *problems*."""
    year = int(reading.path.stem)
    top = reading.mapping((), _YEAR_KEYS)
    reading.same(("calendar",), top.get("calendar"), calendar)
    reading.same(("year",), top.get("year"), year)
    status = top.get("status")
    if status not in ("signed", "draft"):
        reading.wrong(("status",), status, "signed hoặc draft", "signed or draft")
    found = [*_days(reading, "off", top.get("off")), *_days(reading, "work", top.get("work"))]
    _check_days(reading, found, week, year)
    source = reading.text_or_none(("source",), top.get("source"))
    problems.extend(reading.problems)
    exceptions = sorted((item for _, item in found), key=lambda item: item.day)
    return CalendarYear(year, "signed" if status == "signed" else "draft", tuple(exceptions), source)


def _days(reading: Reading, key: str, value: object) -> Iterable[tuple[Trail, DayException]]:
    working = key == "work"
    for index, _ in enumerate(reading.items((key,), value)):
        path: Trail = (key, index)
        entry = reading.mapping(path, _DAY_KEYS | {"for"} if working else _DAY_KEYS)
        day = reading.day((*path, "day"), entry.get("day"))
        for_day = reading.day((*path, "for"), entry.get("for")) if working else None
        vi, en = reading.label((*path, "label"), entry.get("label"))
        source = reading.text_or_none((*path, "source"), entry.get("source"))
        document = reading.text_or_none((*path, "document"), entry.get("document"))
        verified = reading.flag((*path, "verified"), entry.get("verified"))
        if verified and source is None:
            reading.note((*path, "verified"), "E-CAL-011")
        if day is not None:
            yield path, DayException(day, working, vi, en, source, verified, document, for_day)


def _check_days(
    reading: Reading,
    found: Iterable[tuple[Trail, DayException]],
    week: tuple[Segments, ...] | None,
    year: int,
) -> None:
    seen: set[date] = set()
    for path, item in found:
        where = (*path, "day")
        if item.day.year != year:
            reading.note(where, "E-CAL-006", day=item.day, year=year)
        if item.day in seen:
            reading.note(where, "E-CAL-007", day=item.day)
        seen.add(item.day)
        if week is not None and bool(week[item.day.weekday()]) is item.working:
            reading.note(where, "E-CAL-009" if item.working else "E-CAL-008", day=item.day)
