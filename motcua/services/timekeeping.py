"""A clock that steps must not escalate anything: see the step, hold, and go on when a person has confirmed.

The writing clock is compared with the machine's uptime: a machine that slept, or a worker that was down for days, finds
that both went on; a clock that was set finds that it went on alone. While a hold stands, `Installation.now` leaves
the step out, so that everything goes on in the time that can be vouched for.
"""

from datetime import datetime, timedelta

from audit.record import Auth, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import Beat, Busy, ClockHold, Reading, Stored, Uptime
from motcua.services.system_records import next_record
from states.errors import DomainError, Kind
from states.wire import instant_text

SYSTEM = "system"
ATTEMPTS = 20
TIGHT = timedelta(seconds=1)
"""Clock and uptime are read one after the other; a process that was stopped in between reads them again."""


class NoClockHold(DomainError):
    """No step of the clock waits for a confirmation. "motcua clock status" says how the clock stands."""

    kind = Kind.CONFLICT
    vi = "Không có lần chỉnh đồng hồ nào chờ xác nhận. Xem tình trạng bằng «motcua clock status»."


class ClockStillAhead(DomainError):
    """The clock still stands {ahead} s ahead, at {now}. Put it back and confirm again, or confirm that it is right."""

    kind = Kind.CONFLICT
    vi = (
        "Đồng hồ vẫn nhanh {ahead} giây, đang chỉ {now}. "
        "Hãy chỉnh lùi rồi xác nhận lại, hoặc xác nhận là đồng hồ đúng."
    )


def load(house: Installation, code: str) -> Stored:
    """Load a dossier to decide on it, once the clock is not in doubt or a hold stands. Raises: DossierNotFound."""
    stored = house.store.load(code)
    if house.virtual or not house.watch.doubts(house.clock_of(stored.reading or house.store.reading())):
        return stored
    look(house)
    return house.store.load(code)


def certain_now(house: Installation) -> datetime:
    """Return the instant of a decision on something new, once the clock is not in doubt or a hold stands."""
    if not house.virtual and house.watch.doubts(house.clock_of(house.store.reading())):
        look(house)
    return house.now()


def look(house: Installation) -> ClockHold | None:
    """Compare the clock with the uptime since the last look on this machine; return the hold that stands then.

    A step of more than the limit is recorded; forward it brings a hold, and where one stands it changes that.
    """
    if house.virtual:
        return None
    if house.watch.uptime is None:
        return house.store.reading().hold
    for _ in range(ATTEMPTS):
        known = house.store.beat(house.watch.uptime().boot)
        reading, uptime = _tightly(house)
        at = house.clock_of(reading)
        beat = Beat(uptime.boot, uptime.host, at, uptime.elapsed)
        try:
            hold = _compare(house, known, beat, reading.hold, uptime)
        except Busy:
            continue
        house.watch.note(at, uptime.elapsed)
        return hold
    raise Busy(what=SYSTEM)


def _tightly(house: Installation) -> tuple[Reading, Uptime]:
    assert house.watch.uptime is not None
    for _ in range(ATTEMPTS):
        before, reading, after = house.watch.uptime(), house.store.reading(), house.watch.uptime()
        if after.elapsed - before.elapsed <= TIGHT:
            return reading, after
    raise Busy(what=SYSTEM)


def _compare(
    house: Installation, known: Beat | None, beat: Beat, hold: ClockHold | None, uptime: Uptime
) -> ClockHold | None:
    expected = beat.wall if known is None else known.wall + (beat.elapsed - known.elapsed)
    step = beat.wall - expected
    if abs(step) <= house.watch.limit:
        house.store.set_beat(known, beat)
        return hold
    trusted = expected if hold is None else hold.vouched(expected)
    if hold is not None or step > timedelta():
        hold = ClockHold(trusted, beat.wall)
    event = {
        "kind": "clock_stepped",
        "from": instant_text(expected),
        "to": instant_text(beat.wall),
        "seconds": round(step.total_seconds()),
        "host": uptime.host,
        "process": uptime.process,
        "held": hold is not None,
    }
    record = next_record(house, SYSTEM, RecordType.CLOCK_STEP, event=event, at=min(trusted, beat.wall))
    house.store.step_clock(known, beat, hold, record)
    return hold


def confirm(house: Installation, by: str, *, right: bool, auth: Auth | None = None) -> ClockHold:
    """End the hold: the clock is right as it stands, or it was wrong and has been put back; return what was held.

    Raises:
        NoClockHold: None stands.
        ClockStillAhead: It is said to have been wrong and has not been put back.
        Busy: Somebody else wrote a system record at the same instant.
    """
    look(house)
    reading = house.store.reading()
    hold, at = reading.hold, house.clock_of(reading)
    if hold is None:
        raise NoClockHold
    if not right and at >= hold.seen_at and hold.ahead > house.watch.limit:
        raise ClockStillAhead(ahead=round(hold.ahead.total_seconds()), now=instant_text(at))
    event = {
        "kind": "clock_confirmed",
        "right": right,
        "clock": instant_text(at),
        "held_at": instant_text(hold.vouched(at)),
    }
    record = next_record(house, SYSTEM, RecordType.CLOCK_STEP, event=event, at=at, actor=by, auth=auth)
    house.store.release_clock(record)
    house.watch.forget()
    return hold
