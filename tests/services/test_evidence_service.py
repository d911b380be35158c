"""Evidence for clauses of a standard: counted by kind and by procedure, within a period, the same each time."""

from datetime import date

import pytest
from world import PAUSING, RESTARTING, Office

from audit.record import RecordType, from_raw
from motcua.services.evidence import EVENTS, InvalidPeriod, UnknownClause, coverage, gather, period
from motcua.services.ports import Clause, ClauseMap, EvidenceKind

DAY = date(2026, 3, 2)
WORDS = {"vi": "lời", "en": "words"}


def kind(id: str, record: str | None, event: str | None, *clauses: str) -> EvidenceKind:
    """A kind of evidence."""
    return EvidenceKind(id, WORDS, record, event, clauses, "invented", True)


CLAUSES = ClauseMap(
    "2015",
    "a standard",
    tuple(Clause(id, WORDS, None, "invented", True) for id in ("8.5.1", "8.5.2", "8.50", "10.2", "5.1")),
    (
        kind("moved", "transition", None, "8.5.1"),
        kind("armed", None, "clock_armed", "8.5.1", "8.5.2"),
        kind("claimed", "task", "task_claimed", "8.50"),
        kind("adopted", "registry", "adopted", "10.2"),
    ),
    {},
    "0" * 64,
)


def test_evidence_is_counted_by_kind_and_procedure() -> None:
    """Records count once, events as often as they happened; each reference leads to a record."""
    office = Office()
    first, _ = office.accepted(), office.accepted(PAUSING)
    of = period(office.house, DAY, DAY)
    found = gather(office.house, CLAUSES, "8.5.1", of, 1)
    moved, armed = found.gathered

    assert (2, {RESTARTING: 1, PAUSING: 1}) == (moved.count, dict(moved.procedures))
    armed_events = [e for row in office.records(first) for e in row.events if e["kind"] == "clock_armed"]
    assert len(armed_events) == armed.procedures[RESTARTING]
    [reference] = moved.references
    rows = office.store.records(reference.stream)
    assert rows[reference.seq - 1].leaf_hash == reference.leaf_hash
    assert found == gather(office.house, CLAUSES, "8.5.1", of, 1)


def test_a_clause_takes_in_those_below_it_and_no_others() -> None:
    """8.5 is 8.5.1 and 8.5.2, not 8.50."""
    office = Office()
    office.accepted()
    found = gather(office.house, CLAUSES, "8.5", period(office.house, DAY, DAY), 9)
    assert ["8.5.1", "8.5.2"] == [clause.id for clause in found.clauses]
    assert ["moved", "armed"] == [each.kind.id for each in found.gathered]


def test_a_period_is_whole_local_days() -> None:
    """A record at 06:59 local of the day after the last one is not in it; one at 00:30 of the first is."""
    office = Office()
    office.accepted()
    office.pass_time(hours=15, minutes=40)  # 00:10 of the third, local, still the second in UTC
    office.accepted()
    counts = [
        gather(office.house, CLAUSES, "8.5.1", period(office.house, *days), 0).gathered[0].count
        for days in ((DAY, DAY), (date(2026, 3, 3), date(2026, 3, 3)), (DAY, date(2026, 3, 3)))
    ]
    assert [1, 1, 2] == counts


def test_coverage_names_every_clause() -> None:
    """With evidence, without any in the period, or elsewhere; records of no procedure count too."""
    office = Office()
    office.accepted()
    states = {
        each.clause.id: each.state for each in coverage(office.house, CLAUSES, period(office.house, DAY, DAY))
    }
    evidenced = dict.fromkeys(("8.5.1", "8.5.2", "10.2"), "evidenced")
    assert {**evidenced, "8.50": "none", "5.1": "elsewhere"} == states


def test_unknown_clauses_and_empty_periods_are_refused() -> None:
    """Each with the way out."""
    office = Office()
    with pytest.raises(UnknownClause, match="no clause 8"):
        gather(office.house, CLAUSES, "8.6", period(office.house, DAY, DAY), 9)
    with pytest.raises(InvalidPeriod):
        period(office.house, DAY, date(2026, 3, 1))


def test_every_event_of_the_trail_is_a_known_kind() -> None:
    """What a house records is what a map may name."""
    office = Office()
    code = office.accepted()
    office.wait(days=20)
    office.send(code, "withdraw", None)
    rows = list(office.store.all_records())
    assert {row.type for row in rows} <= set(RecordType)
    named = {event["kind"] for row in rows for event in from_raw(row.raw).events}
    assert set() == named - EVENTS
