"""What moves do to clocks: arm, pause, restart, stop, and follow a changed calendar."""

from dataclasses import replace
from datetime import date

import pytest
from builders import LAW, Raw, label, move, procedure_mapping, state
from desk import Desk, accepted, checking, rules, signing, with_moves
from office_time import local
from world import FIRE, LEAD, pausing

from audit.canonical import canonical
from audit.replay import snapshot_text
from states.commands import RecomputeClocks
from states.dossier import Dossier
from states.errors import CalendarHorizonError
from states.events import ClockArmed, ClockPaused, ClockRecomputed, ClockRestarted, ClockResumed, ClockStopped
from states.procedure import APPLICANT, Procedure
from states.wire import from_wire, to_wire


def due(desk: Desk, name: str) -> str | None:
    """When a clock is due, in local time."""
    at = desk.dossier.clocks[name].due
    return None if at is None else local(at)


def did(desk: Desk, name: str) -> list[str]:
    """What the last command did to a clock."""
    return [event.kind for event in desk.last if getattr(event, "clock", None) == name]


def test_clocks_of_the_dossier_start_with_their_transition() -> None:
    """Seven and five working days from the day of acceptance, each for the lead agency."""
    desk = accepted()
    assert ("2026-03-11T17:00", "2026-03-09T17:00") == (due(desk, "legal"), due(desk, "committed"))
    assert {LEAD} == {desk.dossier.clocks[name].holder for name in ("legal", "committed")}


def test_a_step_clock_runs_while_its_state_lasts() -> None:
    """It is armed on entering and stopped on leaving, from the minute, for the agency that holds the state."""
    desk = accepted().until("2026-03-02T10:00").fire("appraise", "officer")
    assert ["clock_stopped"] == did(desk, "step:appraising")
    assert ("2026-03-04T10:00", LEAD) == (
        due(desk, "step:visiting"),
        desk.dossier.clocks["step:visiting"].holder,
    )
    assert ("2026-03-03T10:00", FIRE) == (due(desk, "step:asking"), desk.dossier.clocks["step:asking"].holder)


def test_leaving_clocks_come_first_and_entering_ones_last() -> None:
    """The order of what happens does not depend on how clocks were stored."""
    desk = accepted().fire("ask_more", "officer")
    assert [("step:appraising", "clock_stopped"), ("legal", "clock_paused"), ("committed", "clock_paused"),
            ("step:waiting", "clock_armed")] == [
        (event.clock, event.kind) for event in desk.last if hasattr(event, "clock")
    ]  # fmt: skip


def test_a_supplement_that_restarts_gives_the_full_term_again() -> None:
    """The clocks stand still meanwhile, then run from zero in a new epoch."""
    desk = accepted().until("2026-03-04T09:00").fire("ask_more", "officer")
    assert (None, None, "paused") == (
        due(desk, "legal"),
        due(desk, "committed"),
        desk.dossier.clocks["legal"].state,
    )
    desk.until("2026-03-12T09:00").fire("resubmit", None)
    assert ("2026-03-23T17:00", "2026-03-19T17:00") == (due(desk, "legal"), due(desk, "committed"))
    assert [2, 2] == [event.epoch for event in desk.of(ClockRestarted)]


def test_a_supplement_that_pauses_gives_back_what_was_left() -> None:
    """Two days had passed of five; after a week of waiting the same minutes are left, in the same epoch."""
    desk = accepted(rules(pausing())).until("2026-03-04T09:00").fire("ask_more", "officer")
    kept = {event.clock: event.remaining for event in desk.of(ClockPaused)}
    desk.until("2026-03-12T09:00").fire("resubmit", None)
    assert (420 + 5 * 480, 420 + 3 * 480) == (kept["legal"], kept["committed"])
    assert ("2026-03-19T17:00", "2026-03-17T17:00") == (due(desk, "legal"), due(desk, "committed"))
    assert (2, 1) == (len(desk.of(ClockResumed)), desk.dossier.clocks["legal"].epoch)


def test_a_suspension_before_the_clocks_started_suspends_nothing() -> None:
    """Papers asked for at intake are counted, but no clock is paused, and acceptance starts the full term."""
    early = move("ask_more", ["submitted"], "waiting", "counter")
    back = move("resubmit", ["waiting"], "submitted", "applicant")
    desk = Desk(rules(with_moves(early, back))).open().fire("ask_more", "counter")
    assert (["step:waiting"], []) == (sorted(desk.dossier.clocks), desk.of(ClockPaused))
    desk.until("2026-03-05T09:00").fire("resubmit", None).fire("accept", "counter")
    assert ("2026-03-12T17:00", 1, None) == (
        due(desk, "committed"), desk.dossier.facts["supplement_count"], desk.dossier.suspension
    )  # fmt: skip


def test_the_applicant_holds_the_clock_while_it_is_their_turn() -> None:
    """Fifteen days by the calendar, to the end of the last one."""
    desk = accepted().fire("ask_more", "officer")
    assert (APPLICANT, "2026-03-18T00:00") == (
        desk.dossier.clocks["step:waiting"].holder,
        due(desk, "step:waiting"),
    )


def test_a_transition_that_starts_and_stops_a_clock_leaves_it_stopped() -> None:
    """Granted on the spot: the promise is on record, and nothing runs on after the result."""
    at_once = move("accept", ["submitted"], "result_ready", "counter", inputs=["fee_paid"])
    desk = accepted(rules(with_moves(at_once)))
    assert ["clock_armed", "clock_stopped"] == did(desk, "legal")
    assert {"stopped"} == {clock.state for clock in desk.dossier.clocks.values()}
    assert "2026-03-09T17:00" == due(desk, "committed")


def test_a_transition_that_starts_a_clock_and_suspends_leaves_it_paused() -> None:
    """Accepted and asked for more in one move: the whole term is kept, and restarts later."""
    at_once = move("accept", ["submitted"], "waiting", "counter", inputs=["fee_paid"])
    desk = accepted(rules(with_moves(at_once)))
    assert (["clock_armed", "clock_paused"], "paused") == (
        did(desk, "legal"),
        desk.dossier.clocks["legal"].state,
    )
    assert "2026-03-09T17:00" == due(desk.fire("resubmit", None), "committed")


def two_suspensions(first: str) -> Procedure:
    """A procedure in which the applicant may be asked to pay, right after having been asked for papers."""
    mapping: Raw = procedure_mapping()
    cause = {"cause": label("cause"), "max_times": None, **LAW}
    mapping["suspensions"] = [
        {"id": "supplement", "effect": first, **cause},
        {"id": "payment", "effect": "pause", **cause},
    ]
    waiting = {"budget": {"calendar_days": 5}, "on_due": "unpaid", **LAW}
    paying = state("paying", public=6, holder="applicant", suspends="payment", clock=waiting)
    mapping["states"].insert(4, paying)
    moves = (
        move("ask_pay", ["waiting"], "paying", "counter"),
        move("pay", ["paying"], "appraising", "applicant"),
        move("unpaid", ["paying"], "stopped", "system"),
    )
    return with_moves(*moves, suspensions=mapping["suspensions"], states=mapping["states"])


@pytest.mark.parametrize(
    ("effect", "committed"), [("pause", "2026-03-16T17:00"), ("restart", "2026-03-18T17:00")]
)
def test_one_suspension_may_follow_another(effect: str, committed: str) -> None:
    """The first one ends as the law of it says, the second begins at once: no clock runs in between."""
    desk = accepted(rules(two_suspensions(effect))).until("2026-03-04T09:00").fire("ask_more", "officer")
    desk.until("2026-03-06T09:00").fire("ask_pay", "counter")
    lifted = "clock_resumed" if effect == "pause" else "clock_restarted"
    assert [lifted, "clock_paused"] == did(desk, "legal")
    assert ("payment", "paused") == (desk.dossier.suspension, desk.dossier.clocks["committed"].state)
    desk.until("2026-03-11T09:00").fire("pay", None)
    assert (committed, None) == (due(desk, "committed"), desk.dossier.suspension)


def test_a_state_entered_again_has_a_clock_of_a_new_epoch() -> None:
    """The second appraisal has its own full budget."""
    desk = accepted().fire("ask_more", "officer").until("2026-03-03T09:00").fire("resubmit", None)
    assert (2, "2026-03-04T09:00") == (
        desk.dossier.clocks["step:appraising"].epoch,
        due(desk, "step:appraising"),
    )


def test_a_branch_that_is_done_stops_its_clock_only() -> None:
    """The other branch and the clocks of the dossier run on."""
    desk = checking().fire("visit", "officer")
    assert ["step:visiting"] == [event.clock for event in desk.of(ClockStopped)]
    assert ["committed", "legal", "step:asking"] == sorted(
        c.id for c in desk.dossier.clocks.values() if c.running
    )


def test_the_result_stops_the_clocks_for_good() -> None:
    """They keep their due, which the completion is compared with."""
    desk = signing().fire("decide", "head")
    assert ("stopped", "2026-03-09T17:00") == (desk.dossier.clocks["committed"].state, due(desk, "committed"))


def test_an_unknown_term_starts_no_clock() -> None:
    """A term that nobody knows is not invented; the other clock runs."""
    mapping = procedure_mapping()
    mapping["clocks"]["legal"] |= {"term": None, "verified": False}
    desk = accepted(rules(with_moves(clocks=mapping["clocks"])))
    assert (False, True) == ("legal" in desk.dossier.clocks, "committed" in desk.dossier.clocks)


def recomputed(desk: Desk, *off: date) -> Desk:
    """Let the dossier follow a calendar with more days off."""
    desk.world = rules(desk.world.procedure, None, *off)
    return desk.do(RecomputeClocks("digest"), by_person=False)


def test_a_changed_calendar_moves_open_clocks_only() -> None:
    """Two days off more move what is still due; a step that was left keeps nothing but its epoch."""
    desk = accepted().until("2026-03-03T09:00").fire("appraise", "officer")
    recomputed(desk, date(2026, 3, 4), date(2026, 3, 5))
    assert ("2026-03-13T17:00", "2026-03-11T17:00", "2026-03-09T09:00") == (
        due(desk, "legal"), due(desk, "committed"), due(desk, "step:visiting")
    )  # fmt: skip
    assert 1 == desk.dossier.epochs["step:appraising"]
    assert {"legal", "committed", "step:visiting", "step:asking"} == {
        e.clock for e in desk.of(ClockRecomputed)
    }


def test_a_changed_calendar_says_nothing_where_the_answer_is_the_same() -> None:
    """A day off after every due instant is no event, nor is it for a dossier that ended."""
    assert () == recomputed(accepted(), date(2026, 12, 24)).last
    ended = signing().fire("decide", "head").fire("hand_over", "counter")
    assert () == recomputed(ended, date(2026, 3, 4)).last


def test_a_paused_clock_follows_in_minutes() -> None:
    """A day off that it had counted as worked is given back: more is left, in the same epoch."""
    desk = accepted(rules(pausing())).until("2026-03-04T09:00").fire("ask_more", "officer")
    before = desk.dossier.clocks["committed"].remaining
    recomputed(desk, date(2026, 3, 3))
    after = desk.dossier.clocks["committed"]
    assert (before or 0) + 480 == after.remaining
    assert (None, 1) == (after.due, after.epoch)


def stored(dossier: Dossier) -> Dossier:
    """The dossier as a store gives it back: mappings in the order of their keys."""
    import json

    return from_wire(Dossier, json.loads(canonical(to_wire(dossier))))


def test_what_happens_does_not_depend_on_how_mappings_are_ordered() -> None:
    """A dossier from the store and the same one folded from its records answer a new calendar alike."""
    folded = checking()
    loaded = replace(folded, kept=stored(folded.dossier))
    assert snapshot_text(loaded.dossier) == snapshot_text(folded.dossier)
    for desk in (folded, loaded):
        recomputed(desk, date(2026, 3, 4))
    assert folded.last == loaded.last


def test_a_due_beyond_the_calendars_is_refused() -> None:
    """Acceptance in the last days of the last year that is known is an error, and starts nothing."""
    desk = Desk(now=accepted().now).open().until("2027-12-28T09:00")
    with pytest.raises(CalendarHorizonError):
        desk.fire("accept", "counter")
    assert ["step:submitted"] == list(desk.dossier.clocks)


def test_a_state_without_a_budget_has_no_clock() -> None:
    """A result that waits for people runs against nobody."""
    assert [] == signing().fire("decide", "head").of(ClockArmed)
