"""How a record writes instants and days: in one spelling only."""

from datetime import date, datetime, timedelta

from audit.record.errors import InvalidRecord, invalid

_IN_UTC = timedelta(0)


def format_instant(instant: datetime) -> str:
    """Return *instant* in RFC 3339: UTC, exactly 6 decimals, `Z`.

    Raises:
        InvalidRecord: The instant is naive or its zone is not UTC.
    """
    if instant.utcoffset() != _IN_UTC:
        invalid("at", "is not an instant in UTC", "không phải thời điểm theo UTC")
    return instant.isoformat(timespec="microseconds")[:26] + "Z"


def parse_instant(text: str) -> datetime:
    """Return the UTC instant that *text* writes exactly as `format_instant` would.

    Raises:
        InvalidRecord: Any other spelling, even of the same instant.
    """
    try:
        if format_instant(instant := datetime.fromisoformat(text)) == text:
            return instant
    except (ValueError, InvalidRecord):
        pass
    invalid("at", "is not like 2026-11-23T04:02:25.123456Z", "không có dạng 2026-11-23T04:02:25.123456Z")


def parse_day(text: str) -> date:
    """Return the day that *text* writes as 2026-11-23. Raises: InvalidRecord."""
    try:
        if (day := date.fromisoformat(text)).isoformat() == text:
            return day
    except ValueError:
        pass
    invalid("legal_date", "is not like 2026-11-23", "không có dạng 2026-11-23")
