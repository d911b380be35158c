"""Clocks that run out and move the dossier, and what lies beyond the calendars."""

from dataclasses import replace

import pytest
from builders import LAW, Raw, procedure_mapping
from desk import Desk, accepted, laddered, names, rules, with_moves
from office_time import at
from world import LEAD, Office, directory

from motcua.services.adopting import adopt_directory
from states.directory import Directory
from states.errors import CalendarHorizonError
from states.escalation import next_wake
from states.events import RungReached, TransitionFired


def test_a_clock_that_runs_out_moves_the_dossier_on_its_instant() -> None:
    """A minute earlier nothing happens; on the instant the system stops the dossier."""
    desk = accepted().fire("ask_more", "officer").until("2026-03-17T23:59")
    assert [] == desk.sweep()
    desk.until("2026-03-18T00:00").sweep()
    fired = next(e for e in desk.log[::-1] if isinstance(e, TransitionFired))
    assert ("lapse", "system", None, desk.now, desk.now) == (
        fired.transition, fired.by, fired.officer, fired.due_at, fired.at
    )  # fmt: skip
    assert (("stopped",), True) == (desk.dossier.states, desk.dossier.ended)


def test_a_belated_end_keeps_the_instant_it_was_due() -> None:
    """After an outage the record says when it happened and when it should have."""
    desk = accepted().fire("ask_more", "officer").until("2026-03-20T10:00")
    [fired] = [e for e in desk.sweep() if isinstance(e, TransitionFired)]
    assert (at("2026-03-18T00:00"), at("2026-03-20T10:00")) == (fired.due_at, fired.at)


def test_of_the_same_instant_a_rung_comes_before_the_end() -> None:
    """Who is told that time is up is told before the clock itself ends the dossier."""
    states = procedure_mapping()["states"]
    waiting = next(s for s in states if s["id"] == "waiting")
    waiting["clock"] = {"budget": {"calendar_days": 15}, "on_due": "lapse", "ladder": "step@1", **LAW}
    desk = accepted(rules(with_moves(states=states))).fire("ask_more", "officer").until("2026-03-18T00:00")
    kinds = [e.kind for e in desk.sweep() if isinstance(e, (RungReached, TransitionFired))]
    assert ["rung_reached", "rung_reached", "transition_fired"] == kinds


def test_a_rung_beyond_the_calendars_holds_up_nothing_that_is_known() -> None:
    """Days before the end of the last year people still act, and what is due there still wakes the sweep."""
    desk = Desk(now=at("2027-12-28T08:30")).open().until("2027-12-30T10:00")
    assert ["warn", "due", "up"] == names(desk.sweep(), "step:submitted")
    assert at("2027-12-30T15:00") == next_wake(desk.world, desk.dossier)
    assert ["up.unacknowledged"] == names(desk.until("2027-12-30T15:00").sweep(), "step:submitted")
    assert ("stopped",) == replace(desk).fire("withdraw", None).dossier.states


def test_on_the_last_day_of_the_calendars_the_sweep_says_so() -> None:
    """It wakes on that day, and what it cannot know is an error, not silence."""
    desk = Desk(now=at("2027-12-28T08:30")).open().until("2027-12-30T10:00")
    desk.sweep()
    desk.until("2027-12-30T15:00").sweep()
    assert at("2027-12-31T00:00") == next_wake(desk.world, desk.dossier)
    with pytest.raises(CalendarHorizonError):
        desk.until("2027-12-31T00:00").sweep()


def test_a_warning_before_the_calendars_begin_is_void() -> None:
    """In the first hours of the first year there is nothing to look back to."""
    desk = Desk(now=at("2026-01-01T08:00")).open(documents=("form",))
    rung: Raw = {"id": "early", "at": {"before": {"working_days": 9}}, "do": ["notify"], "to": ["head"]}
    desk.world = rules(laddered(rung))
    assert next_wake(desk.world, desk.dossier) is None


def test_nothing_is_due_where_nothing_runs() -> None:
    """A dossier that ended never wakes the sweep."""
    desk = accepted().fire("withdraw", None)
    assert None is next_wake(desk.world, desk.dossier)


def test_a_dissolved_agency_holds_up_nobody_else() -> None:
    """After the directory lost the agency of a dossier the sweep still lets everything fall due, also there."""
    office = Office()
    code = office.accepted()
    rest = tuple(agency for agency in directory().agencies if agency.code != LEAD)
    adopt_directory(office.house, Directory(rest, directory().posts), "admin")
    office.wait(days=2)
    assert ("warn", "due") == office.store.load(code).dossier.clocks["step:appraising"].fired[:2]
