"""The form in which somebody proposes a year of a calendar: rows of days, as they were typed, and what they say."""

from dataclasses import dataclass
from datetime import date

from motcua.services.calendar_changes import Becomes, DayChange, UnfitCalendarChange, YearChange

MOST = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One day as it was typed."""

    day: str = ""
    becomes: str = Becomes.OFF
    reason: str = ""
    reason_en: str = ""
    document: str = ""
    source: str = ""
    for_day: str = ""

    @property
    def empty(self) -> bool:
        """Whether no day was named: such a row says nothing."""
        return not self.day.strip()


@dataclass(frozen=True, slots=True)
class Typed:
    """The whole form as it was typed.

    Attributes:
        base: Digest of the calendar in force when the form was shown.
    """

    base: str
    status: str
    rows: tuple[Row, ...] = ()
    verified: bool = False

    def with_day(self, day: str, working: bool) -> "Typed":
        """Return the form with a row for a day that the grid names; the papers are those of the row before."""
        kept = tuple(row for row in self.rows if not row.empty)
        if any(row.day == day for row in kept):
            return Typed(self.base, self.status, kept, self.verified)
        last = kept[-1] if kept else Row()
        becomes = Becomes.OFF if working else Becomes.MAKE_UP
        row = Row(day, becomes, document=last.document, source=last.source)
        return Typed(self.base, self.status, (*kept, row)[:MOST], self.verified)

    def change(self, calendar: str, year: int) -> YearChange:
        """Return what was typed as a change of a year. Raises: UnfitCalendarChange."""
        days = tuple(_day_change(row) for row in self.rows if not row.empty)
        return YearChange(calendar, self.base, year, self.status, days, self.verified)


def rows_of(*columns: list[str]) -> tuple[Row, ...]:
    """Return rows of the columns that a form sends; what is longer than the shortest column is no row."""
    return tuple(Row(*cells) for cells in zip(*columns, strict=False))[:MOST]


def _day_change(row: Row) -> DayChange:
    if row.becomes not in set(Becomes):
        raise UnfitCalendarChange(
            what=row.becomes[:20], reason="it is nothing that a day becomes", reason_vi="loại ngày không đúng"
        )
    return DayChange(
        _date(row.day),
        Becomes(row.becomes),
        row.reason,
        row.reason_en,
        row.document,
        row.source,
        _date(row.for_day) if row.for_day.strip() else None,
    )


def _date(given: str) -> date:
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        reason = "it is no day, such as 2026-04-30", "không phải một ngày như 2026-04-30"
        raise UnfitCalendarChange(what=repr(given[:20]), reason=reason[0], reason_vi=reason[1]) from None
