"""Procedures as a designer sees them: what is in force, proposed, to come, former, and what a proposal changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from world import RESTARTING, Office, restarting

from motcua.services.catalogue import catalogue, changes, in_force, versions_of
from motcua.services.ports import ProcedureNotFound
from motcua.services.publishing import approve, propose
from states.procedure import Label


def test_versions_say_where_they_stand() -> None:
    """Former, in force, to come and proposed, the newest first; the list counts what waits for a second person."""
    office = Office()
    today = office.clock.at.date()
    made = restarting()
    for version, begins, approved in (
        ("2.0.0", today, True),
        ("3.0.0", today + timedelta(days=9), True),
        ("4.0.0", today, False),
    ):
        office.wait(minutes=1)
        proposed = propose(office.house, replace(made, version=version, effective_from=begins), b"x", "an")
        if approved:
            approve(office.house, proposed.digest, "binh")

    found = versions_of(office.house, RESTARTING)
    assert ["proposed", "coming", "in_force", "former"] == [one["status"] for one in found]
    assert ["4.0.0", "3.0.0", "2.0.0"] == [one["version"] for one in found[:3]]
    [line] = [one for one in catalogue(office.house) if one["code"] == RESTARTING]
    assert ("2.0.0", 1, 4) == (line["in_force"], line["proposed"], line["versions"])
    with pytest.raises(ProcedureNotFound):
        versions_of(office.house, "9.999999")


def test_what_a_proposal_changes_is_told_by_audience() -> None:
    """A new name is told to applicants; the same version changes nothing; without one in force nothing is said."""
    office = Office()
    current = in_force(office.house, RESTARTING)
    assert current is not None
    renamed = changes(current, replace(current, name=Label("Tên mới", "New name")), {})

    assert renamed is not None
    assert any("Tên mới" in line["vi"] for line in renamed["applicant"])
    assert ({}, None, None) == (
        changes(current, current, {}),
        changes(None, current, {}),
        in_force(office.house, "9.999999"),
    )
