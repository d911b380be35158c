"""A year of a calendar as somebody wants it changed, day by day: what it would be, and why it cannot be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from states.calendar import CalendarDefinition, CalendarYear, DayException
from states.errors import DomainError

STATUSES = ("signed", "draft")
_LONGEST = 300


class Becomes(StrEnum):
    """What a day is to be; `usual` takes back what made it differ from its weekday."""

    OFF = "off"
    MAKE_UP = "make_up"
    USUAL = "usual"


class UnfitCalendarChange(DomainError):
    """The calendar cannot be changed like this: {what}, {reason}. Correct it and try again."""

    vi = "Không thay đổi được lịch như vậy: {what}, {reason_vi}. Hãy sửa rồi thực hiện lại."


@dataclass(frozen=True, slots=True)
class DayChange:
    """One day as somebody wants it.

    Attributes:
        document: Number of the paper that says so; empty only where a day becomes usual again.
        source: What kind of paper it is, in words.
        for_day: The day off that a make-up day pays back.
    """

    day: date
    becomes: Becomes
    reason_vi: str = ""
    reason_en: str = ""
    document: str = ""
    source: str = ""
    for_day: date | None = None


@dataclass(frozen=True, slots=True)
class YearChange:
    """One year of a calendar as somebody wants it.

    Attributes:
        base: Digest of the calendar in force that it was made for.
        year: One that the calendar has, or the one after its last.
        status: `signed` or `draft`.
        verified: Whether the days were read in the papers themselves.
        again: How often the same was declined before.
    """

    calendar: str
    base: str
    year: int
    status: str
    days: tuple[DayChange, ...]
    verified: bool = False
    again: int = 0


def changed(definition: CalendarDefinition, wanted: YearChange) -> CalendarDefinition:
    """Return the calendar with a year as it is wanted. Raises: UnfitCalendarChange."""
    before = _year_of(definition, wanted)
    for reason in _wrong(definition, before, wanted):
        raise reason
    days = {one.day: one for one in before.exceptions}
    for change in wanted.days:
        days.pop(change.day, None)
        if change.becomes is not Becomes.USUAL:
            days[change.day] = _exception(change, wanted.verified)
    ordered = tuple(days[day] for day in sorted(days))
    year = replace(before, status=wanted.status, exceptions=ordered)
    after = replace(definition, years=(*(one for one in definition.years if one.year != year.year), year))
    after = replace(after, years=tuple(sorted(after.years, key=lambda one: one.year)))
    _check_swaps(after, wanted.year)
    if after == definition:
        raise _unfit(str(wanted.year), "nothing would change", "không có gì thay đổi")
    return after


def _year_of(definition: CalendarDefinition, wanted: YearChange) -> CalendarYear:
    known = {one.year: one for one in definition.years}
    if wanted.status not in STATUSES:
        raise _unfit(wanted.status[:20], "it is no status of a year", "không phải tình trạng của một năm")
    if wanted.year in known:
        return known[wanted.year]
    if wanted.year != max(known, default=wanted.year - 1) + 1:
        reason = "years follow each other without a gap", "các năm phải liên tục"
        raise _unfit(str(wanted.year), *reason)
    return CalendarYear(wanted.year, wanted.status, ())


def _wrong(
    definition: CalendarDefinition, before: CalendarYear, wanted: YearChange
) -> Iterator[UnfitCalendarChange]:
    """Yield what is wrong with single days."""
    seen: set[date] = set()
    listed = {one.day for one in before.exceptions}
    for change in wanted.days:
        told = change.day.strftime("%d/%m/%Y")
        for wrong, reason, reason_vi in _faults(definition, listed, seen, wanted.year, change):
            if wrong:
                yield _unfit(told, reason, reason_vi)
        seen.add(change.day)


def _faults(
    definition: CalendarDefinition, listed: Iterable[date], seen: set[date], year: int, change: DayChange
) -> tuple[tuple[bool, str, str], ...]:
    worked = bool(definition.hours[change.day.weekday()])
    usual = change.becomes is Becomes.USUAL
    texts = (change.reason_vi, change.reason_en, change.document, change.source)
    unfit = any(len(text) > _LONGEST or not text.isprintable() for text in texts)
    return (
        (change.day.year != year, "it is a day of another year", "ngày thuộc năm khác"),
        (change.day in seen, "it is named twice", "ngày được ghi hai lần"),
        (usual and change.day not in listed, "it is as usual already", "ngày vốn theo lịch tuần"),
        (
            change.becomes is Becomes.OFF and not worked,
            "it is a weekly rest day already",
            "ngày vốn là ngày nghỉ hằng tuần",
        ),
        (
            change.becomes is Becomes.MAKE_UP and worked,
            "it is a working day already",
            "ngày vốn là ngày làm việc",
        ),
        (not usual and not change.reason_vi.strip(), "it needs a reason", "cần ghi lý do"),
        (not usual and not change.document.strip(), "it needs the number of its paper", "cần số văn bản"),
        (unfit, "a text is too long or cannot be printed", "nội dung quá dài hoặc không in được"),
    )


def _check_swaps(after: CalendarDefinition, year: int) -> None:
    """A make-up day pays back a day that is off. Raises: UnfitCalendarChange."""
    off: set[date] = {one.day for each in after.years for one in each.exceptions if not one.working}
    days: Mapping[int, CalendarYear] = {each.year: each for each in after.years}
    for one in days[year].exceptions:
        if one.working and one.for_day is not None and one.for_day not in off:
            paid = one.for_day.strftime("%d/%m/%Y")
            reason = f"it pays back {paid}, which is not off", f"làm bù cho {paid}, là ngày không nghỉ"
            raise _unfit(one.day.strftime("%d/%m/%Y"), *reason)


def _exception(change: DayChange, verified: bool) -> DayException:
    return DayException(
        day=change.day,
        working=change.becomes is Becomes.MAKE_UP,
        reason_vi=change.reason_vi.strip(),
        reason_en=change.reason_en.strip() or change.reason_vi.strip(),
        source=change.source.strip() or change.document.strip(),
        verified=verified,
        document=change.document.strip(),
        for_day=change.for_day if change.becomes is Becomes.MAKE_UP else None,
    )


def _unfit(what: str, reason: str, reason_vi: str) -> UnfitCalendarChange:
    return UnfitCalendarChange(what=what, reason=reason, reason_vi=reason_vi)
