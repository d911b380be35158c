"""The writing clocks."""

from datetime import UTC, datetime, timedelta, timezone

from motcua.adapters.clock import SystemClock, VirtualClock, read_uptime

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


def test_uptime_goes_on_within_one_boot() -> None:
    """Two readings name the same boot, host and process, and the later one is no earlier."""
    first, second = read_uptime(), read_uptime()

    assert (first.boot, first.host, first.process) == (second.boot, second.host, second.process)
    assert timedelta(0) < first.elapsed <= second.elapsed
