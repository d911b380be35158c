"""Parents and children agree, by their records alone; where one lies, forgets or is gone, it is found."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from families import Household

from audit.finding import Finding
from audit.record import AuditRecord
from audit.relations import Relations
from states.kin import child_id

Trail = Mapping[str, list[AuditRecord]]


@cache
def lived() -> tuple[Household, Trail]:
    """A family that lived and ended, and its records by stream."""
    house = Household()
    house.finish()
    stored = house.office.store.iterate()
    return house, {f"dossier:{item.id}": house.office.records(item.dossier.code) for item in stored}


def found(trail: Trail) -> list[Finding]:
    """What is wrong between the dossiers of a trail."""
    relations = Relations()
    for stream, records in trail.items():
        relations.take(stream, records)
    return list(relations.findings())


def streams() -> tuple[str, str]:
    """The streams of the group and of its first component."""
    house, _ = lived()
    return f"dossier:{house.parent.id}", f"dossier:{child_id(house.parent.id, 'birth')}"


def without(records: list[AuditRecord], kind: str) -> list[AuditRecord]:
    """The records with the events of a kind taken out."""
    return [
        replace(record, events=tuple(event for event in record.events if event["kind"] != kind))
        for record in records
    ]


def changed(records: list[AuditRecord], kind: str, **values: Any) -> list[AuditRecord]:
    """The records with some values of the events of a kind changed."""
    return [
        replace(
            record,
            events=tuple({**event, **values} if event["kind"] == kind else event for event in record.events),
        )
        for record in records
    ]


def test_an_honest_family_agrees() -> None:
    """Nothing is found, whichever way round the streams are read."""
    _, trail = lived()
    assert [] == found(trail) == found(dict(reversed(list(trail.items()))))


def test_a_child_that_is_gone_is_missed_by_its_parent() -> None:
    """The parent names a dossier that has no records."""
    _, trail = lived()
    parent, birth = streams()
    faults = found({stream: records for stream, records in trail.items() if stream != birth})
    assert {(parent, "no such dossier")} <= {(fault.stream, fault.found) for fault in faults}


def test_a_parent_that_is_gone_is_missed_by_each_child() -> None:
    """A child that names a parent nobody knows did not come from one."""
    _, trail = lived()
    parent, _ = streams()
    faults = found({stream: records for stream, records in trail.items() if stream != parent})
    assert {stream for stream in trail if stream != parent} == {fault.stream for fault in faults}


@pytest.mark.parametrize(
    ("whose", "kind", "values"),
    [
        ("parent", "child_resulted", {"outcome": "refused"}),
        ("parent", "child_opened", {"dossier": "H99.01-260302-0099"}),
        ("child", "parent_named", {"dossier": "H99.01-260302-0099"}),
        ("child", "parent_named", {"component": "home"}),
        ("child", "transition_fired", {"ended": False}),
    ],
)
def test_two_that_contradict_each_other_are_found(whose: str, kind: str, values: dict[str, Any]) -> None:
    """Outcome, code, parent, component and end are the same on both sides."""
    _, trail = lived()
    stream = dict(zip(("parent", "child"), streams(), strict=True))[whose]
    assert [] != found({**trail, stream: changed(trail[stream], kind, **values)})


def test_a_parent_that_ended_before_its_child_is_found() -> None:
    """Its records say that it ended, and not that the child did."""
    _, trail = lived()
    parent, _ = streams()
    faults = found({**trail, parent: without(trail[parent], "child_ended")})
    assert {"birth ends before", "home ends before", "card ends before"} == {
        fault.expected for fault in faults
    }


def test_a_child_of_a_parent_that_owes_none_is_found() -> None:
    """Nobody ordered it."""
    _, trail = lived()
    parent, birth = streams()
    records = trail[parent]
    for kind in ("child_owed", "child_opened", "child_resulted", "child_ended"):
        records = without(records, kind)
    assert birth in {fault.stream for fault in found({**trail, parent: records})}
