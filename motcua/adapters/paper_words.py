"""How official papers write days, instants and amounts."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

CHANNELS = {
    "counter": "Trực tiếp",
    "online": "Trực tuyến",
    "post": "Bưu chính công ích",
}


def dated(day: str) -> str:
    """Write an ISO day as official papers date themselves: two digits for days below 10, months 1 and 2."""
    at = date.fromisoformat(day)
    month = f"{at.month:02d}" if at.month < 3 else str(at.month)
    return f"ngày {at.day:02d} tháng {month} năm {at.year}"


def when(text: str | None) -> str:
    """Write a local instant (ISO text) as `17 giờ 00 ngày 05/03/2026`, midnight as 24:00 of the day that ends."""
    if not text:
        return ""
    at, hour, minute = _ending(text)
    return f"{hour} giờ {minute:02d} phút, ngày {at:%d/%m/%Y}"


def short(text: str | None) -> str:
    """Write a local instant for a narrow column."""
    if not text:
        return ""
    at, hour, minute = _ending(text)
    return f"{hour:02d}:{minute:02d} {at:%d/%m/%Y}"


def day(text: str | None) -> str:
    """Write the day of a local instant."""
    return f"{datetime.fromisoformat(text):%d/%m/%Y}" if text else ""


def amount(value: int | None) -> str:
    """Write a whole number with dots between thousands; none as a dash."""
    return "–" if value is None else f"{value:,}".replace(",", ".")


def blank(value: object) -> str:
    """Write nothing where nothing is known."""
    return "" if value is None else str(value)


def channel(value: str) -> str:
    """Name a channel of intake."""
    return CHANNELS.get(value, value)


def _ending(text: str) -> tuple[datetime, int, int]:
    at = datetime.fromisoformat(text)
    return (at - timedelta(days=1), 24, 0) if (at.hour, at.minute) == (0, 0) else (at, at.hour, at.minute)


FILTERS: Mapping[str, Callable[[Any], str]] = {
    "when": when,
    "short": short,
    "day": day,
    "amount": amount,
    "blank": blank,
    "channel": channel,
}
