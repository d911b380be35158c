"""Writes days.csv: every day of 2024 to 2026, from the published table of days off and make-up Saturdays.

The table is typed in here by hand, apart from the calendar files and from the code that reads them, so that
the three can be held against each other. Run: python tests/golden/calendar/regenerate.py
"""

from datetime import date, timedelta
from pathlib import Path

OFF = {
    2024: "0101 0208 0209 0212 0213 0214 0418 0429 0430 0501 0902 0903",
    2025: "0101 0127 0128 0129 0130 0131 0407 0430 0501 0502 0901 0902",
    2026: "0101 0102 0216 0217 0218 0219 0220 0427 0430 0501 0831 0901 0902 1124",
}
MAKE_UP = {2024: "0504", 2025: "0426", 2026: "0110 0822"}
SATURDAY = 5
MINUTES = 480


def rows() -> list[str]:
    """Return a line for each day: date, weekday (1 is Monday), working minutes."""
    found = []
    day = date(2024, 1, 1)
    while day.year <= max(OFF):
        mark = f"{day:%m%d}"
        works = day.weekday() < SATURDAY and mark not in OFF[day.year].split()
        works = works or mark in MAKE_UP[day.year].split()
        found.append(f"{day},{day.isoweekday()},{MINUTES if works else 0}")
        day += timedelta(days=1)
    return found


if __name__ == "__main__":
    target = Path(__file__).parent / "days.csv"
    target.write_text("\n".join(["date,weekday,minutes", *rows(), ""]), encoding="utf-8")
