"""The recount: honest histories owe nothing, and every escalation that went wrong is counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ordered_house import STORM, told
from world import PAUSING, START, Office, calendar

from audit.escalations import recount
from audit.fault import Fault, Recount
from audit.office_hours import work_after, work_before
from audit.record import AuditRecord

MINUTE = timedelta(minutes=1)
CALENDAR = calendar(START.date() + timedelta(days=3))


def late() -> tuple[Office, str]:
    """A dossier that lay in its first office for four days: every rung fired, one silence too."""
    office = Office()
    code = office.accepted()
    for _ in range(4 * 8):
        office.wait(hours=3)
    return office, code


def counted(office: Office, records: list[AuditRecord], until: datetime | None = None) -> Recount:
    """Count some records of an office up to now, or to another instant."""
    return recount(records, office.rules, until or office.clock.at)


def kinds(count: Recount) -> list[tuple[str, str, str]]:
    """What went wrong: kind, clock and rung."""
    return [(fault.kind, fault.clock, fault.rung) for fault in count.faults]


def rung(name: str, clock: str = "step:appraising") -> Callable[[AuditRecord], bool]:
    """Recognise the record of a rung."""
    return lambda record: any((e.get("rung"), e.get("clock")) == (name, clock) for e in record.events)


def place(records: list[AuditRecord], found: Callable[[AuditRecord], bool]) -> int:
    """Where the first record of a kind stands."""
    return next(index for index, record in enumerate(records) if found(record))


def changed(record: AuditRecord, **fields: object) -> AuditRecord:
    """A record with fields of its first event changed."""
    return replace(record, events=({**record.events[0], **fields}, *record.events[1:]))


def test_an_honest_history_owes_nothing() -> None:
    """A dossier whose rungs all fired counts as many due as fired."""
    office, code = late()

    count = counted(office, office.records(code))

    assert Recount(due=5, fired=5, ends_due=0, ends_fired=0, faults=()) == count


@pytest.mark.parametrize("name", ["warn", "due", "up", "up.unacknowledged", "top"])
def test_a_rung_that_never_fired_is_missed(name: str) -> None:
    """Without its record, each rung and the silence of one is missed, and nothing else is."""
    office, code = late()
    records = office.records(code)
    del records[place(records, rung(name))]

    missed = [fault for fault in counted(office, records).faults if fault.kind == "missed"]

    lost = {"up": ["up"]}.get(name, [name])
    assert lost == [fault.rung for fault in missed]


def test_a_rung_that_fired_twice_is_doubled() -> None:
    """The same rung again in one epoch is counted."""
    office, code = late()
    records = office.records(code)
    again = records[place(records, rung("warn"))]

    assert [("doubled", "step:appraising", "warn")] == kinds(counted(office, [*records, again]))


def test_a_rung_that_fired_a_minute_early_is_found() -> None:
    """A record before the rung's own instant is early, whatever due instant it names."""
    office, code = late()
    records = office.records(code)
    index = place(records, rung("up"))
    due = datetime.fromisoformat(records[index].events[0]["due_at"])
    early = changed(replace(records[index], at=due - MINUTE), due_at=records[index].events[0]["due_at"])

    assert [("early", "step:appraising", "up")] == kinds(counted(office, [*records[:index], early]))[:1]


def test_a_rung_that_names_another_instant_is_found() -> None:
    """The due instant in the record is compared with the one that is counted anew."""
    office, code = late()
    records = office.records(code)
    index = place(records, rung("due"))
    records[index] = changed(records[index], due_at="2026-03-02T02:00:00.000000Z")

    assert [("misdated", "step:appraising", "due")] == kinds(counted(office, records))


def test_a_rung_that_overtook_an_earlier_one_is_found() -> None:
    """Two rungs fired in the wrong order after a downtime are out of order."""
    office = Office()
    code = office.accepted()
    office.wait(days=2)
    records = office.records(code)
    warn, due = place(records, rung("warn")), place(records, rung("due"))
    records[warn], records[due] = records[due], records[warn]

    assert [("out_of_order", "step:appraising", "due")] == kinds(counted(office, records))


def waiting(office: Office) -> str:
    """A dossier that waits for its applicant."""
    code = office.accepted()
    office.send(code, "ask_more", "officer")
    return code


def test_a_clock_that_ran_out_without_effect_is_missed() -> None:
    """A dossier that should have been closed for silence, and was not, is found."""
    office = Office()
    code = waiting(office)
    office.wait(days=30)
    records = office.records(code)

    honest, cut = counted(office, records), counted(office, records[:-1])

    assert ((1, 1), ()) == ((honest.ends_due, honest.ends_fired), honest.faults)
    assert [("missed", "step:waiting", "on_due")] == kinds(cut)


def test_nothing_falls_due_after_the_end_that_should_have_come_first() -> None:
    """When a worker is weeks late, what would have come after the dossier's own end was never due."""
    office = Office()
    code = waiting(office)
    office.wait(days=60)

    assert () == counted(office, office.records(code)).faults


def test_a_rung_is_due_at_its_very_instant() -> None:
    """Up to the minute before nothing is missed; at the instant itself it is."""
    office = Office()
    records = office.records(office.open())
    warn = work_before(datetime.fromisoformat(records[0].events[1]["due"]), 120, CALENDAR)

    assert [] == kinds(counted(office, records, warn - MINUTE))
    assert [Fault("missed", records[0].stream, 1, "step:submitted", 1, "warn", warn)] == list(
        counted(office, records, warn).faults
    )


def test_who_stops_a_clock_at_the_instant_of_a_rung_does_not_prevent_it() -> None:
    """The rung fires first and then the officer's move: both are in the records."""
    office = Office()
    code = office.open()
    office.pass_time(hours=7)
    office.send(code, "accept", "counter")
    records = office.records(code)

    assert ["opened", "rung", "transition"] == [record.type.value for record in records]
    assert [("missed", "step:submitted", "warn")] == kinds(counted(office, [records[0], records[2]]))


def test_an_acknowledged_rung_owes_no_silence() -> None:
    """Whoever answers in time keeps the next in line out of it; whoever is a record short does not."""
    office, code = late()
    records = office.records(code)
    silence = place(records, rung("up.unacknowledged"))
    by = datetime.fromisoformat(records[silence].events[0]["due_at"])
    told = {"kind": "rung_acknowledged", "clock": "step:appraising", "epoch": 1, "rung": "up", "officer": "x"}
    in_time = replace(records[silence], at=by - MINUTE, events=(told,))
    too_late = replace(records[silence], events=(told,))

    assert [] == kinds(counted(office, [*records[:silence], in_time], by))
    assert [("missed", "step:appraising", "up.unacknowledged")] == kinds(
        counted(office, [*records[:silence], too_late], by)
    )


def test_a_pause_postpones_what_it_overtakes() -> None:
    """Rungs of a paused clock are not due, and come after it is resumed, once."""
    office = Office()
    code = office.accepted(PAUSING)
    office.send(code, "appraise", "officer")
    office.send(code, "ask_more", "officer")
    office.wait(days=14)
    paused = counted(office, office.records(code))
    office.send(code, "resubmit", None)
    office.wait(days=14)

    resumed = counted(office, office.records(code))

    assert ((), ()) == (paused.faults, resumed.faults)
    assert 0 == paused.due < resumed.due == resumed.fired


MINUTES = st.integers(1, 6_000)
OFFSETS = st.integers(0, 60_000)


@given(OFFSETS, MINUTES)
def test_walking_office_hours_agrees_with_the_engine(offset: int, minutes: int) -> None:
    """Day by day, work done later and work to be begun before are where the calendar's tables put them."""
    at = START + timedelta(days=20, minutes=offset)

    assert CALENDAR.add(at, minutes) == work_after(at, minutes, CALENDAR)
    assert CALENDAR.add(at, -minutes) == work_before(at, minutes, CALENDAR)
    assert minutes == CALENDAR.between(work_before(at, minutes, CALENDAR), at)


def test_a_mark_that_is_missing_or_invented_is_found() -> None:
    """What a mass order says fired meanwhile is compared with the records."""
    office = Office()
    code = office.accepted()
    office.wait(days=3)
    told(office, STORM)
    records = office.records(code)
    index = place(records, lambda record: record.events[0]["kind"] == "order_applied")
    [*_, last] = marked = records[index].events[0]["during_order"]

    assert [] == kinds(counted(office, records))
    records[index] = changed(records[index], during_order=marked[:-1])
    assert [("mismarked", *last.split("/")[::2])] == kinds(counted(office, records))
