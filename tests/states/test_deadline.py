"""The ledger of a clock: pauses, restarts and extensions, against cases counted by hand."""

from dataclasses import replace

import pytest
from office_time import VN, at, clock_of, local, segment, stepped, term

from states.calendar import BusinessCalendar
from states.deadline import (
    Cutoff,
    InvalidLedger,
    arm,
    derive,
    extended,
    paused_remaining,
    restanding,
    resumed,
    standing,
)
from states.errors import InvalidTerm


def test_a_pause_keeps_the_exact_minutes() -> None:
    """Paused on Wednesday at 09:00, run on on Friday at 10:00: the due is rounded only in print."""
    ledger = [segment("run", "2026-03-02T10:00"), segment("pause", "2026-03-04T09:00")]

    assert 3 * 480 - 480 - 120 == standing(term("3 working_days"), None, ledger, VN).remaining
    assert derive(term("3 working_days"), None, ledger, VN) is None

    due = derive(term("3 working_days"), None, [*ledger, segment("run", "2026-03-06T10:00")], VN)

    assert due is not None
    assert "2026-03-10T17:00" == local(due.at)


def test_a_pause_before_counting_begins_costs_nothing() -> None:
    """A pause within the day of acceptance, which never counts, leaves the due where it was."""
    ledger = [
        segment("run", "2026-03-02T06:00"),
        segment("pause", "2026-03-02T06:10"),
        segment("run", "2026-03-02T16:30"),
    ]

    assert arm(term("3 working_days"), at("2026-03-02T06:00"), VN) == derive(
        term("3 working_days"), None, ledger, VN
    )


def test_many_pauses_do_not_add_up_roundings() -> None:
    """Ten pauses of no length, each of which would round to the close of its day, move nothing."""
    ledger = [segment("run", "2026-03-02T10:00")]
    for minute in range(0, 50, 5):
        ledger += [segment(kind, f"2026-03-03T09:{minute:02}") for kind in ("pause", "run")]

    assert arm(term("3 working_days"), at("2026-03-02T10:00"), VN) == derive(
        term("3 working_days"), None, ledger, VN
    )


def test_a_late_clock_stays_late_by_as_much() -> None:
    """A pause after the due does not forgive: the due moves with the pause and lies in the past still."""
    ledger = [
        segment("run", "2026-03-02T10:00"),
        segment("pause", "2026-03-06T07:00"),
        segment("run", "2026-03-09T07:00"),
    ]
    due = derive(term("3 working_days"), None, ledger, VN)

    assert due is not None
    assert "2026-03-06T17:00" == local(due.at)


def test_a_restart_counts_the_full_term_again() -> None:
    """After the full receipt the term runs from zero, with the cut-off and the first day excluded anew."""
    ledger = [
        segment("run", "2026-03-02T10:00"),
        segment("pause", "2026-03-04T09:00"),
        segment("restart", "2026-03-11T15:30"),
    ]

    assert arm(term("3 working_days"), at("2026-03-11T15:30"), VN, Cutoff(900)) == derive(
        term("3 working_days"), Cutoff(900), ledger, VN
    )


@pytest.mark.parametrize(
    ("text", "by", "due"),
    [
        pytest.param("3 working_days", "2 working_days", "2026-03-09T17:00", id="days-on-days"),
        pytest.param("3 working_days", "4 working_hours", "2026-03-06T17:00", id="hours-on-days"),
        pytest.param("12 working_hours", "1 working_days", "2026-03-05T17:00", id="days-on-hours"),
        pytest.param("12 working_hours", "2 working_hours", "2026-03-04T09:30", id="hours-on-hours"),
        pytest.param("12 working_hours", "10 hours", "2026-03-05T07:00", id="clock-hours-into-the-night"),
        pytest.param("5 calendar_days", "10 calendar_days", "2026-03-20T00:00", id="calendar-days"),
        pytest.param(
            "5 calendar_days", "2 working_days", "2026-03-12T00:00", id="working-days-on-calendar-days"
        ),
        pytest.param("24 hours", "12 hours", "2026-03-04T00:00", id="clock-hours"),
        pytest.param("3 working_days", "1 months", "2026-04-06T17:00", id="a-month-on-working-days"),
    ],
)
def test_an_extension_counts_from_the_due_in_force(text: str, by: str, due: str) -> None:
    """A new appointment gives its full term from the promised due, printed as the clock's own unit is."""
    ledger = [segment("run", "2026-03-02T12:00"), segment("extend", "2026-03-03T09:00", by)]
    found = derive(term(text), None, ledger, VN)

    assert found is not None
    assert due == local(found.at)


def test_an_extension_is_an_amount_of_time() -> None:
    """The same day cannot be added to a due."""
    ledger = [segment("run", "2026-03-02T12:00"), segment("extend", "2026-03-03T09:00", "same_day")]

    with pytest.raises(InvalidTerm):
        derive(term("3 working_days"), None, ledger, VN)


@pytest.mark.parametrize(
    "kinds",
    [
        ("pause",),
        ("run", "run"),
        ("run", "pause", "pause"),
        ("run", "pause", "extend"),
        ("run", "stop", "run"),
    ],
)
def test_segments_that_cannot_follow_are_refused(kinds: tuple[str, ...]) -> None:
    """A clock is armed once, paused and run in turn, extended while it runs, and nothing follows a stop."""
    ledger = [segment(kind, "2026-03-02T12:00", "1 hours" if kind == "extend" else None) for kind in kinds]

    with pytest.raises(InvalidLedger):
        derive(term("3 working_days"), None, ledger, VN)


def test_the_one_step_functions_refuse_the_wrong_state() -> None:
    """A running clock is not resumed, and a paused one neither paused again nor extended."""
    running = clock_of(term("3 working_days"), None, segment("run", "2026-03-02T12:00"), False)
    paused = stepped(running, segment("pause", "2026-03-03T12:00"))

    with pytest.raises(InvalidLedger):
        resumed(running, at("2026-03-04T12:00"), VN)
    with pytest.raises(InvalidLedger):
        paused_remaining(paused, at("2026-03-04T12:00"), VN)
    with pytest.raises(InvalidLedger):
        extended(paused, term("1 working_days"), at("2026-03-04T12:00"), VN)


def test_a_stopped_clock_keeps_its_due() -> None:
    """What was promised when the clock stopped stays known, for the on-time class."""
    ledger = [segment("run", "2026-03-02T10:00"), segment("stop", "2026-03-04T09:00")]

    assert arm(term("3 working_days"), at("2026-03-02T10:00"), VN) == derive(
        term("3 working_days"), None, ledger, VN
    )


def test_an_instant_that_runs_backwards_counts_as_the_one_before() -> None:
    """A clock set back by a second between two records changes nothing and breaks nothing."""
    ledger = [
        segment("run", "2026-03-02T10:00"),
        segment("pause", "2026-03-02T11:00"),
        segment("run", "2026-03-02T10:59"),
    ]

    assert arm(term("12 working_hours"), at("2026-03-02T10:00"), VN) == derive(
        term("12 working_hours"), None, ledger, VN
    )


def test_a_changed_calendar_moves_the_due() -> None:
    """The same ledger on a calendar with one more day off is due a working day later."""
    clock = clock_of(term("5 working_days"), None, segment("run", "2026-03-02T10:00"), False)
    years = tuple(
        replace(
            year,
            exceptions=(*year.exceptions, replace(year.exceptions[0], day=at("2026-03-05T12:00").date())),
        )
        if year.year == 2026
        else year
        for year in VN.definition.years
    )
    changed = BusinessCalendar(replace(VN.definition, years=years))
    due = restanding(clock, changed).due

    assert due is not None
    assert ("2026-03-09T17:00", "2026-03-10T17:00") == (local(clock.due or due.at), local(due.at))


def test_counting_through_a_draft_year_is_provisional_even_when_it_ends_in_a_signed_one() -> None:
    """Days of a draft year that were counted may still change, wherever the due lies."""
    statuses = {2026: "draft"}
    years = tuple(replace(y, status=statuses.get(y.year, "signed")) for y in VN.definition.years)
    calendar = BusinessCalendar(replace(VN.definition, years=years))

    assert arm(term("5 working_days"), at("2026-12-28T10:00"), calendar).provisional
    assert not arm(term("5 working_days"), at("2027-01-04T10:00"), calendar).provisional


def test_states_of_a_clock() -> None:
    """A clock is what its last line that is no extension says."""
    clock = clock_of(term("3 working_days"), None, segment("run", "2026-03-02T12:00"), False)
    longer = stepped(clock, segment("extend", "2026-03-02T13:00", "1 working_days"))

    assert ("running", "running") == (clock.state, longer.state)
    assert ("paused", "stopped", "unarmed") == tuple(
        replace(clock, segments=lines).state
        for lines in (
            (*longer.segments, segment("pause", "2026-03-03T12:00")),
            (*clock.segments, segment("stop", "2026-03-03T12:00")),
            (),
        )
    )
