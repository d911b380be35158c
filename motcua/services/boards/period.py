"""Whole months: the ones that a board is about, those before them, and a year of them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from states.errors import DomainError

YEAR = 12
LONGEST = 60
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class UnreadableMonth(DomainError):
    """{given} is no month such as 2026-03, or the months are in the wrong order or too many. Choose them again."""

    vi = "{given} không phải tháng dạng 2026-03, hoặc khoảng tháng bị ngược hay quá dài. Hãy chọn lại."


@dataclass(frozen=True, slots=True)
class Period:
    """Months in a row.

    Attributes:
        first: First day of the first month.
        months: How many there are.
    """

    first: date
    months: int

    @property
    def last(self) -> date:
        """The last day, inclusive."""
        return moved(self.first, self.months) - timedelta(days=1)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first, self.last

    @property
    def before(self) -> "Period":
        """As many months, right before."""
        return Period(moved(self.first, -self.months), self.months)

    @property
    def year(self) -> "Period":
        """The months up to the last one: a year of them, or all of the period where it is longer."""
        months = max(YEAR, self.months)
        return Period(moved(self.first, self.months - months), months)

    def names(self) -> list[str]:
        """Return the months as `2026-03`, the earliest first."""
        return [f"{moved(self.first, number):%Y-%m}" for number in range(self.months)]


def period_of(since: str | None, until: str | None, today: date) -> Period:
    """Return the months of a board; without any, the present one.

    Raises:
        UnreadableMonth: They are not written like `2026-03`, end before they begin, or are more than `LONGEST`.
    """
    present = today.replace(day=1)
    last = _month(until) if until else _month(since) if since else present
    first = _month(since) if since else last
    months = (last.year - first.year) * YEAR + last.month - first.month + 1
    if not 1 <= months <= LONGEST:
        raise UnreadableMonth(given=f"{since or ''} – {until or ''}"[:40])
    return Period(first, months)


def moved(first: date, months: int) -> date:
    """Return the first day of a month so many months later."""
    number = first.year * YEAR + first.month - 1 + months
    return date(number // YEAR, number % YEAR + 1, 1)


def _month(text: str) -> date:
    found = _MONTH.fullmatch(text)
    if found is None or not 1990 <= int(found[1]) <= 2200:
        raise UnreadableMonth(given=text[:40])
    return date(int(found[1]), int(found[2]), 1)
