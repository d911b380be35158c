"""Checks of what the store holds: clocks, calendars, the log, the outbox, the timers."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from audit.chain import GENESIS
from motcua.services.doctor.findings import Check, Status, Words, span_of, told, worse
from motcua.services.doctor.outside import Surroundings
from motcua.services.doctor.portal import check_portal
from motcua.services.installation import Installation
from states.calendar import BusinessCalendar
from states.errors import DomainError

Look = Callable[[Surroundings, Installation], Check]

SKEW_WORTH_A_WORD = timedelta(seconds=2)
LATE_TIMER, STUCK_TIMER = timedelta(minutes=5), timedelta(hours=1)
LATE_NOTICE, STUCK_NOTICE = timedelta(minutes=15), timedelta(days=1)
LAST_QUARTER = 10
"""From this month on terms reach into the next year, so its calendar cannot be missing any longer."""

SYSTEM = "system"


def check_inside(found: Surroundings, house: Installation) -> Iterator[Check]:
    """Yield the checks of what the database holds; one that cannot be made fails, the others are made."""
    for name, look in CHECKS.items():
        yield _safely(name, look, found, house)


def _safely(name: str, look: Look, found: Surroundings, house: Installation) -> Check:
    try:
        return look(found, house)
    except DomainError as error:
        return Check(name, Status.FAIL, told(error))
    except (OSError, ValueError, LookupError) as error:
        reason = f"{type(error).__name__}: {error}"
        said = Words(f"không kiểm tra được: {reason}", f"it cannot be checked: {reason}")
        return Check(name, Status.FAIL, said)


def _clock(found: Surroundings, house: Installation) -> Check:
    """Compare the clocks with each other, and the last record with the clock that comes next."""
    if house.virtual:
        return Check("clock", Status.OK, Words("thời gian ảo", "virtual time"))
    told, last = house.store.reading().now, house.store.last_instant()
    skew = abs(told - found.at) if told is not None else timedelta()
    ahead = max(last - (told or found.at), timedelta()) if last is not None else timedelta()
    status = worse(max(skew, ahead), SKEW_WORTH_A_WORD, house.watch.limit)
    by, early = span_of(skew), span_of(ahead)
    remedy = None
    if status is not Status.OK:
        remedy = Words(
            "Hãy chỉnh đồng hồ (NTP) của máy này và máy chủ cơ sở dữ liệu trước khi chạy tiếp.",
            "Set the clocks of this machine and of the database server (NTP) before anything goes on.",
        )
    return Check(
        "clock",
        status,
        Words(
            f"lệch giờ với cơ sở dữ liệu {by.vi}; bản ghi cuối đi trước {early.vi}",
            f"{by.en} between this machine and the database; the last record is {early.en} ahead",
        ),
        remedy,
        {"skew_seconds": skew.total_seconds(), "last_record_ahead_seconds": ahead.total_seconds()},
    )


def _clock_hold(found: Surroundings, house: Installation) -> Check:
    hold = None if house.virtual else house.store.reading().hold
    if hold is None:
        said = Words(
            "không có lần chỉnh đồng hồ nào chờ xác nhận", "no step of the clock waits for a confirmation"
        )
        return Check("clock_hold", Status.OK, said)
    by = span_of(abs(hold.ahead))
    return Check(
        "clock_hold",
        Status.FAIL,
        Words(
            f"đồng hồ bị chỉnh {by.vi}; cảnh báo hạn tạm giữ cho đến khi có người xác nhận",
            f"the clock stepped by {by.en}; escalations are held until a person confirms",
        ),
        Words(
            "Xem «motcua clock status», rồi chạy «motcua clock confirm».",
            'See "motcua clock status", then run "motcua clock confirm".',
        ),
        {
            "ahead_seconds": hold.ahead.total_seconds(),
            "trusted_at": hold.trusted_at.isoformat(),
            "seen_at": hold.seen_at.isoformat(),
        },
    )


def _calendars(found: Surroundings, house: Installation) -> Check:
    """Look at this year and the next, as the calendars in force have them."""
    states = {name: _years_ahead(calendar, house.now()) for name, calendar in house.worlds.calendars.items()}
    wrong = [(name, year, said) for name, years in states.items() for year, said in years if said != "signed"]
    fatal = [year for name, year, said in wrong if said == "missing" and _needed(house, name, year)]
    facts = {name: {str(year): said for year, said in years} for name, years in states.items()}
    if not wrong:
        years = ", ".join(sorted(states))
        said = Words(f"{years}: năm nay và năm sau đã ký", f"{years}: this year and the next are signed")
        return Check("calendars", Status.OK, said, facts=facts)
    vi = {"draft": "dự kiến", "missing": "chưa có"}
    return Check(
        "calendars",
        Status.FAIL if fatal else Status.WARN,
        Words(
            "; ".join(f"{name} {year}: {vi.get(said, said)}" for name, year, said in wrong),
            "; ".join(f"{name} {year}: {said}" for name, year, said in wrong),
        ),
        Words(
            "Hãy bổ sung tệp lịch của năm đó, rồi chạy «motcua calendar adopt».",
            'Add or sign the calendar file of that year, then run "motcua calendar adopt".',
        ),
        facts,
    )


def _years_ahead(calendar: BusinessCalendar, now: datetime) -> list[tuple[int, str]]:
    year = now.astimezone(calendar.zone).year
    known = {item.year: item.status for item in calendar.definition.years}
    return [(wanted, known.get(wanted, "missing")) for wanted in (year, year + 1)]


def _needed(house: Installation, name: str, year: int) -> bool:
    today = house.now().astimezone(house.worlds.calendars[name].zone)
    return year == today.year or today.month >= LAST_QUARTER


def _log(found: Surroundings, house: Installation) -> Check:
    head = house.store.head(SYSTEM)
    seq, leaf = (0, GENESIS) if head is None else (head.seq, head.leaf_hash)
    facts = {
        "log": house.log,
        "records": seq,
        "head": leaf,
        "at": None if head is None else head.at.isoformat(),
        "last_record_at": None if (last := house.store.last_instant()) is None else last.isoformat(),
    }
    said = Words(
        f"nhật ký {house.log}: {seq} bản ghi hệ thống, đầu chuỗi {leaf[:12]}",
        f"log {house.log}: {seq} system records, head {leaf[:12]}",
    )
    if head is not None:
        return Check("log", Status.OK, said, facts=facts)
    remedy = Words(
        "Hãy chạy «motcua db upgrade» và kiểm tra đúng cơ sở dữ liệu.",
        'Run "motcua db upgrade", and check that this is the right database.',
    )
    return Check("log", Status.WARN, said, remedy, facts)


def _dead_letters(found: Surroundings, house: Installation) -> Check:
    dead = house.store.outbox_state().dead
    said = Words(f"{dead} thông báo bị bỏ lại", f"{dead} messages given up")
    if not dead:
        return Check("dead_letters", Status.OK, said, facts={"dead": 0})
    return Check(
        "dead_letters",
        Status.WARN,
        said,
        Words(
            "Xem «motcua outbox list --dead», khắc phục, rồi «motcua outbox retry».",
            'See "motcua outbox list --dead", mend the cause, then "motcua outbox retry".',
        ),
        {"dead": dead},
    )


def _outbox(found: Surroundings, house: Installation) -> Check:
    state = house.store.outbox_state()
    lag = _since(state.oldest, house.now())
    status, waited = worse(lag, LATE_NOTICE, STUCK_NOTICE), span_of(lag)
    said = Words(
        f"{state.waiting} thông báo đang chờ, lâu nhất {waited.vi}",
        f"{state.waiting} messages wait, the oldest for {waited.en}",
    )
    remedy = None
    if status is not Status.OK:
        remedy = Words(
            "Kiểm tra «motcua worker» có chạy không và xem lỗi bằng «motcua outbox list».",
            'Check that "motcua worker" runs, and see the errors with "motcua outbox list".',
        )
    facts = {"waiting": state.waiting, "lag_seconds": lag.total_seconds()}
    return Check("outbox", status, said, remedy, facts)


def _timers(found: Surroundings, house: Installation) -> Check:
    wake = house.store.next_wake()
    lag = _since(wake, house.now())
    status, late = worse(lag, LATE_TIMER, STUCK_TIMER), span_of(lag)
    remedy = None
    if status is not Status.OK:
        remedy = Words(
            "Kiểm tra «motcua worker» có chạy không, rồi chạy «motcua sla sweep».",
            'Check that "motcua worker" runs, then run "motcua sla sweep".',
        )
    return Check(
        "timers",
        status,
        Words(f"lần đánh thức sớm nhất trễ {late.vi}", f"the earliest wake-up is {late.en} overdue"),
        remedy,
        {"next_wake": None if wake is None else wake.isoformat(), "lag_seconds": lag.total_seconds()},
    )


def _since(at: datetime | None, now: datetime) -> timedelta:
    return timedelta() if at is None else max(now - at, timedelta())


CHECKS: Mapping[str, Look] = {
    "clock": _clock,
    "clock_hold": _clock_hold,
    "calendars": _calendars,
    "log": _log,
    "dead_letters": _dead_letters,
    "outbox": _outbox,
    "portal": check_portal,
    "timers": _timers,
}
