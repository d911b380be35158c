"""Drafts of a calendar's year from days that somebody else proposes, and where a signed year differs from them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from states.calendar import CalendarDefinition, CalendarYear, DayException
from states.errors import DomainError

SIGNED = "signed"


class NothingProposed(DomainError):
    """{source} knows no days off in {year}. Write the file of that year by hand, with {example} as a model."""

    vi = "{source} không có ngày nghỉ nào của năm {year}. Hãy tự viết tệp của năm đó, lấy {example} làm mẫu."


@dataclass(frozen=True, slots=True)
class ProposedDay:
    """A day that differs from its weekday, as proposed.

    Attributes:
        working: True for a make-up day.
        for_day: The day off that a make-up day pays back; None where that is not said.
    """

    day: date
    working: bool
    reason_vi: str
    reason_en: str
    for_day: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes for one year; days off may fall on weekly rest days.

    Attributes:
        source: Who proposes, in words.
    """

    year: int
    source: str
    days: tuple[ProposedDay, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """A day that a signed year and a proposal tell differently; the signed year is the one that counts.

    Attributes:
        working: Whether it is worked by the signed year.
        reason_vi: What the side that departs from the weekday says.
        document: Of the signed year's entry, where it has one.
    """

    day: date
    working: bool
    reason_vi: str
    reason_en: str
    document: str | None


def draft_year(definition: CalendarDefinition, proposal: Proposal) -> CalendarYear:
    """Return a draft of a year for a calendar; nothing in it counts as verified.

    Days off that fall on a weekly rest day of the calendar are left out, and make-up days that are worked anyway
    or pay back nothing that is known.

    Raises:
        NothingProposed: There is no day to draft from.
    """
    if not proposal.days:
        example = f"{definition.years[-1].year}.yaml" if definition.years else "2026.yaml"
        raise NothingProposed(source=proposal.source, year=proposal.year, example=example)
    kept = (
        item
        for item in proposal.days
        if _worked(definition, item.day) is not item.working and (item.for_day or not item.working)
    )
    exceptions = tuple(_exception(item, proposal.source) for item in kept)
    return CalendarYear(proposal.year, "draft", exceptions, proposal.source)


def drift(definition: CalendarDefinition, proposals: Iterable[Proposal]) -> Iterator[Drift]:
    """Yield the days on which the signed years of a calendar differ from what is proposed for them, in order."""
    by_year = {proposal.year: proposal for proposal in proposals}
    for year in definition.years:
        if year.status == SIGNED and year.year in by_year and by_year[year.year].days:
            yield from _drift_of(definition, year, by_year[year.year])


def _drift_of(definition: CalendarDefinition, year: CalendarYear, proposal: Proposal) -> Iterator[Drift]:
    ours: Mapping[date, DayException] = {item.day: item for item in year.exceptions}
    theirs = {item.day: item for item in proposal.days}
    for day in _days(year.year):
        usual = _worked(definition, day)
        mine = ours[day].working if day in ours else usual
        other = theirs[day].working if day in theirs else usual
        if mine is not other:
            said = ours.get(day) or theirs[day]
            document = ours[day].document if day in ours else None
            yield Drift(day, mine, said.reason_vi, said.reason_en, document)


def _exception(item: ProposedDay, source: str) -> DayException:
    return DayException(
        day=item.day,
        working=item.working,
        reason_vi=item.reason_vi,
        reason_en=item.reason_en,
        source=source,
        verified=False,
        for_day=item.for_day,
    )


def _worked(definition: CalendarDefinition, day: date) -> bool:
    return bool(definition.hours[day.weekday()])


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        if day == date.max:
            return
        day += timedelta(days=1)
