"""Instants, spans and numbers as people in Vietnam write them, and in English."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

_DAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_UNITS = {"vi": ("ngày", "giờ", "phút"), "en": ("d", "h", "min")}
HOUR = 60


def when(given: str | datetime | None, lang: str) -> str:
    """Return an instant with its day of the week, in the offset that it comes with; nothing for None."""
    if given is None or given == "":
        return ""
    at = _instant(given)
    return f"{day(at.date(), lang)} {at:%H:%M}"


def due(given: str | datetime | None, lang: str) -> str:
    """Return the end of a term; midnight is 24:00 of the day that ends there, lest anybody read a day too many."""
    if given is None or given == "":
        return ""
    at = _instant(given)
    if at.timetz().replace(tzinfo=None) != time():
        return when(at, lang)
    return f"{day((at - timedelta(days=1)).date(), lang)} 24:00"


def day(given: str | date | None, lang: str) -> str:
    """Return a day with its day of the week; nothing for None."""
    if given is None or given == "":
        return ""
    at = date.fromisoformat(given[:10]) if isinstance(given, str) else given
    sign = ", " if lang == "vi" else " "
    return f"{_DAYS[lang][at.weekday()]}{sign}{at.day:02d}/{at.month:02d}/{at.year}"


def clock_time(given: str | datetime | None) -> str:
    """Return hours and minutes of an instant; nothing for None."""
    return "" if given is None or given == "" else f"{_instant(given):%H:%M}"


def span(minutes: int | None, lang: str, of_day: int = 24 * HOUR) -> str:
    """Return a length in at most its two largest units; without sign.

    Args:
        minutes: The length; nothing is said of None.
        lang: `vi` or `en`.
        of_day: How many minutes a day has: 1,440, or those of a working day.
    """
    if minutes is None:
        return ""
    left = abs(minutes)
    parts = (left // of_day, left % of_day // HOUR, left % of_day % HOUR)
    said = [f"{count} {unit}" for count, unit in zip(parts, _UNITS[lang], strict=True) if count]
    return " ".join(said[:2]) or f"0 {_UNITS[lang][2]}"


_TERMS = {
    "working_days": ("ngày làm việc", "working days"),
    "working_hours": ("giờ làm việc", "working hours"),
    "calendar_days": ("ngày", "days"),
    "hours": ("giờ", "hours"),
    "months": ("tháng", "months"),
    "same_day": ("trong ngày", "the same day"),
}


def term(given: str, lang: str) -> str:
    """Return a term such as `7 working_days` in words."""
    amount, _, unit = given.partition(" ")
    vi, en = _TERMS.get(unit, (unit, unit))
    words, amount = (vi, amount.replace(".", ",")) if lang == "vi" else (en, amount)
    return words if unit == "same_day" else f"{amount} {words}"


_RUNGS = {
    "before": ("trước hạn {}", "{} before it is due"),
    "due": ("đến hạn", "when it is due"),
    "after": ("quá hạn {}", "{} past due"),
}


def rung(given: Mapping[str, Any] | str, lang: str) -> str:
    """Return where a rung stands on its ladder: `side`, and `offset` as a term; a plain id stays as it is."""
    if isinstance(given, str):
        return given
    vi, en = _RUNGS[given["side"]]
    return (vi if lang == "vi" else en).format(term(given["offset"] or "", lang))


def number(given: float | int | None, lang: str) -> str:
    """Return a number with its thousands parted; at most one decimal; nothing for None."""
    if given is None:
        return ""
    text = f"{given:,}" if isinstance(given, int) else f"{given:,.1f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def _instant(given: str | datetime) -> datetime:
    return datetime.fromisoformat(given) if isinstance(given, str) else given
