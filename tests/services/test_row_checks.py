"""Columns beside the trail cannot tell another story: whatever an administrator edits in them is found."""

import sqlite3
from dataclasses import replace
from typing import Any, cast

import pytest
from handing_over import handing
from world import Office

from motcua.services.auditing import verify_store
from motcua.services.installation import Installation
from motcua.services.intake import Submission, submit
from motcua.store.store import open_store
from states.errors import InvalidFacts

HANDING = "9.000003"
SWAPPED = """
UPDATE dossiers SET code = code || 'x' WHERE number = 1;
UPDATE dossiers SET code = replace(code, '0002', '0001') WHERE number = 2;
UPDATE dossiers SET code = replace(code, '0001x', '0002') WHERE number = 1;
"""
EDITS = [
    pytest.param(SWAPPED, "row", id="codes-exchanged"),
    pytest.param("UPDATE dossiers SET agency = 'H99.02' WHERE number = 1", "row", id="agency"),
    pytest.param("UPDATE dossiers SET version = 99 WHERE number = 1", "row", id="version"),
    pytest.param("UPDATE dossiers SET ended = 1 WHERE number = 1", "row", id="ended"),
    pytest.param("UPDATE dossiers SET finished = '2026-03-03' WHERE number = 1", "row", id="finished"),
    pytest.param("UPDATE dossiers SET late_at = NULL WHERE number = 1", "row", id="late-at"),
    pytest.param("UPDATE dossiers SET unseen = 7 WHERE number = 1", "row", id="unseen"),
    pytest.param("UPDATE records SET type = 'rung' WHERE type = 'opened'", "row", id="record-type"),
    pytest.param(
        "UPDATE records SET at = '2026-01-01T00:00:00.000000Z' WHERE type = 'opened'", "row", id="record-at"
    ),
    pytest.param("UPDATE procedure_approvals SET approved_by = 'designer'", "row", id="approver"),
    pytest.param("DELETE FROM procedure_approvals", "row", id="no-approval"),
]


def tampered(url: str, edit: str) -> None:
    """Edit behind the triggers' back."""
    database = sqlite3.connect(url.removeprefix("sqlite:///"))
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    database.executescript(edit)
    database.close()


@pytest.mark.parametrize(("edit", "code"), EDITS)
def test_an_edited_column_is_found(sqlite_url: str, edit: str, code: str) -> None:
    """What a column says otherwise than the trail is a finding."""
    with open_store(sqlite_url) as store:
        office = Office(cast(Any, store))
        office.accepted()
        office.open()
        assert verify_store(office.house).ok
    tampered(sqlite_url, edit)
    with open_store(sqlite_url) as store:
        assert code in {finding.code for finding in verify_store(Office(cast(Any, store)).house).findings}


WAITS = [
    pytest.param("DELETE FROM waits", id="forgotten"),
    pytest.param("UPDATE waits SET answerer = 'H99.99'", id="another-agency"),
    pytest.param("UPDATE waits SET due = NULL", id="no-term"),
    pytest.param("UPDATE waits SET id = 'handoff:checking'", id="another-state"),
]


@pytest.mark.parametrize("edit", WAITS)
def test_an_edited_row_of_what_waits_is_found(sqlite_url: str, edit: str) -> None:
    """Nobody is kept waiting in secret: the table says what the trail says, or it is a finding."""
    with open_store(sqlite_url) as store:
        office = Office(cast(Any, store))
        office.publish(replace(handing(), code=HANDING))
        office.send(office.accepted(HANDING), "to_fire", "officer")
        assert verify_store(office.house).ok
    tampered(sqlite_url, edit)
    with open_store(sqlite_url) as store:
        found = verify_store(Office(cast(Any, store)).house).findings
        assert {"row"} == {finding.code for finding in found}


def test_a_record_of_another_log_is_found() -> None:
    """A trail cannot be padded with records that another installation made."""
    office = Office()
    office.open()
    foreign = {finding.code for finding in verify_store(replace_log(office)).findings}
    assert {"log"} == foreign


def replace_log(office: Office) -> Installation:
    """Look at the trail as the auditor of another log."""
    return replace(office.house, log="other.example/log")


def test_the_name_of_an_applicants_field_is_a_name() -> None:
    """Field names stand in the record for good, so nothing personal can be smuggled into them."""
    office = Office()
    with pytest.raises(InvalidFacts):
        submit(
            office.house,
            Submission("9.000001", "counter", "H99.01", {"kind": "new"}, (), {"Nguyễn Văn A": True}),
        )
    assert [] == office.store.find_dossiers()
