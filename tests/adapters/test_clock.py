"""The writing clocks."""

from datetime import UTC, datetime, timedelta, timezone

from motcua.adapters.clock import SystemClock, VirtualClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_system_clock_is_in_utc() -> None:
    """Its instants are aware, and in UTC."""
    assert timedelta(0) == SystemClock().now().utcoffset()


def test_a_virtual_clock_stands_still_and_never_goes_back() -> None:
    """It shows the latest instant it was moved to, in UTC, whatever the zone it was told in."""
    clock = VirtualClock(NOON.astimezone(timezone(timedelta(hours=7))))
    assert (NOON, UTC) == (clock.now(), clock.now().tzinfo)

    clock.move(NOON + timedelta(hours=2))
    clock.move(NOON + timedelta(hours=1))

    assert NOON + timedelta(hours=2) == clock.now()
