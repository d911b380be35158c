"""Replay: a line of state after each record, and a clear refusal of what cannot be replayed."""

import json
from typing import Any

import pytest
from world import LEAD, Office, restarting

from audit.canonical import canonical
from audit.record import UnreadableRecord
from audit.replay import Unreplayable, lines, replay, snapshot_text


def history() -> tuple[Office, str]:
    """A dossier that was accepted and then asked for more papers."""
    office = Office()
    code = office.accepted()
    office.send(code, "ask_more", "officer")
    return office, code


def shown(office: Office, code: str) -> list[dict[str, Any]]:
    """The lines of a dossier."""
    return lines(replay(office.raws(code)), restarting(), office.house.worlds.calendars)


def test_the_last_moment_is_the_stored_state() -> None:
    """The records alone give the state that the store holds, to the byte."""
    office, code = history()

    *_, last = replay(office.raws(code))

    assert snapshot_text(office.store.load(code).dossier) == snapshot_text(last.dossier)


def test_each_record_gives_a_line_of_state() -> None:
    """One line for each record, with its number, its type and the states after it."""
    office, code = history()

    found = [
        (line["seq"], line["type"], line["states"], line["public_status"]) for line in shown(office, code)
    ]

    assert [
        (1, "opened", ["submitted"], 1),
        (2, "transition", ["appraising"], 4),
        (3, "transition", ["waiting"], 5),
    ] == found


def test_a_line_has_the_agreed_shape() -> None:
    """Programs find the same keys in every line, clock and task, with local times."""
    office, code = history()

    line = shown(office, code)[1]

    about = ["states", "public_status", "clocks", "holder", "tasks", "custody", "handoffs"]
    assert ["seq", "type", "at", *about] == list(line)
    assert "2026-03-02T08:30:00+07:00" == line["at"]
    assert {
        "due": "2026-03-11T17:00:00+07:00",
        "due_date": "2026-03-11",
        "remaining": None,
        "state": "running",
        "epoch": 1,
        "provisional": False,
        "holder": LEAD,
    } == line["clocks"]["legal"]
    assert ({"kind": "agency", "party": LEAD}, {}) == (line["custody"], line["handoffs"])
    assert {"appraising": {"role": "officer", "agency": LEAD}} == line["holder"]
    assert [
        {
            "task": "appraising#2",
            "state": "appraising",
            "role": "officer",
            "position": "officer",
            "agency": LEAD,
            "assignee": None,
        }
    ] == line["tasks"]


def test_a_line_of_a_paused_clock_says_what_is_left() -> None:
    """While the applicant is awaited no due instant is shown, only the minutes that are kept."""
    office, code = history()

    line = shown(office, code)[2]

    assert (None, "paused", 7 * 480) == tuple(
        line["clocks"]["legal"][key] for key in ("due", "state", "remaining")
    )
    assert {"waiting": {"role": "applicant", "agency": None}} == line["holder"]


def test_what_is_no_record_is_refused() -> None:
    """A text that is not canonical is not replayed."""
    office, code = history()

    with pytest.raises(UnreadableRecord):
        list(replay([office.raws(code)[0].replace(":", ": ", 1)]))


@pytest.mark.parametrize(
    "forge",
    [
        lambda plain: plain["events"][0].update(kind="unheard_of"),
        lambda plain: plain["events"][0].pop("target"),
        lambda plain: plain["events"].insert(
            0, {**plain["events"][-1], "kind": "clock_stopped", "clock": "none"}
        ),
    ],
)
def test_an_event_that_does_not_fit_is_named(forge: Any) -> None:
    """An unknown kind, a missing field or an unknown clock is refused with the record's number."""
    office, code = history()
    raws = office.raws(code)
    plain = json.loads(raws[1])
    forge(plain)

    with pytest.raises(Unreplayable) as refused:
        list(replay([raws[0], canonical(plain)]))

    assert 2 == refused.value.facts["seq"]


def test_a_history_without_its_beginning_is_refused() -> None:
    """A dossier begins with its opening."""
    office, code = history()

    with pytest.raises(Unreplayable):
        list(replay(office.raws(code)[1:]))
