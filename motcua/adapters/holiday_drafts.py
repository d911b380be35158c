"""Proposes a year's days off from the package `holidays`, and writes a draft year as a calendar file."""

import json
import re
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version

from motcua.services.calendar_drafts import Proposal, ProposedDay
from states.calendar import CalendarYear, DayException

COUNTRY = "VN"
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_HEAD = """\
# Bản dự kiến, lập tự động; phải đối chiếu với quyết định nghỉ Tết, Quốc khánh và thông báo hoán đổi của năm {year}.
# A draft made by a program: compare it with the year's decisions on holidays and exchanged days before signing.
# Khi ký: sửa từng ngày theo văn bản, ghi source, document, verified: true, rồi đổi status thành signed.
# To sign: correct each day by its document, write source, document and verified: true, then set status: signed.
schema_version: "1.0"
calendar: {calendar}
year: {year}
status: draft
source: {source}
"""


def proposal(year: int) -> Proposal:
    """Return what the package says of a year; no days for a year that it does not know.

    Days off are told as they fall, on weekly rest days too. A make-up day carries the day off that names it.
    """
    import holidays

    years = range(year - 1, year + 2)  # a make-up day may pay back a day off of another year
    vi = holidays.country_holidays(COUNTRY, years=years, language="vi")
    en = holidays.country_holidays(COUNTRY, years=years, language="en_US")
    names = {day: ("; ".join(vi.get_list(day)), "; ".join(en.get_list(day))) for day in sorted(vi)}
    off = [ProposedDay(day, False, *names[day]) for day in names if day.year == year]
    work = list(_make_up_days(year, vi.weekend_workdays, names)) if off else []
    days = tuple(sorted([*off, *work], key=lambda item: item.day))
    return Proposal(year, f"holidays {version('holidays')}", days)


def _make_up_days(
    year: int, weekend_workdays: set[date], names: dict[date, tuple[str, str]]
) -> Iterator[ProposedDay]:
    """Yield the weekly rest days that are worked, each with the day off whose Vietnamese name tells of it."""
    paid = {_told(vi): day for day, (vi, _) in names.items() if _told(vi) is not None}
    for day in sorted(weekend_workdays):
        if day.year == year:
            off = paid.get(day)
            vi, en = ("", "") if off is None else (f" cho ngày {off:%d/%m/%Y}", f" for {off.isoformat()}")
            yield ProposedDay(day, True, f"Làm bù{vi}", f"Make-up day{en}", off)


def _told(name: str) -> date | None:
    found = _DATE.search(name)
    return None if found is None else date(int(found[3]), int(found[2]), int(found[1]))


def year_file(calendar: str, year: CalendarYear) -> str:
    """Write a draft year as the text of its file."""
    source = _text(f"Dự kiến theo gói {year.source}; chưa đối chiếu văn bản")
    head = _HEAD.format(calendar=calendar, year=year.year, source=source)
    off = [item for item in year.exceptions if not item.working]
    work = [item for item in year.exceptions if item.working]
    return head + _section("off", off) + _section("work", work)


def _section(key: str, items: list[DayException]) -> str:
    return f"{key}:\n" + "".join(map(_entry, items)) if items else f"{key}: []\n"


def _entry(item: DayException) -> str:
    pays_back = "" if item.for_day is None else f"    for: {item.for_day.isoformat()}\n"
    return (
        f"  - day: {item.day.isoformat()}\n{pays_back}"
        f"    label: {{vi: {_text(item.reason_vi)}, en: {_text(item.reason_en)}}}\n"
        f"    source: {_text(item.source or '')}\n"
        "    document: null\n"
        "    verified: false\n"
    )


def _text(value: str) -> str:
    """Quote a text: what JSON quotes YAML reads alike."""
    return json.dumps(value, ensure_ascii=False)
