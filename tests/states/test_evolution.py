"""Laws of deciding and folding, for any sequence of commands, times and changes of the calendar."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from desk import GIVEN, Desk, accepted, rules
from hypothesis import given, settings
from hypothesis import strategies as st
from world import OFFICERS, actor_of, calendar, pausing, restarting

from audit.canonical import canonical
from audit.replay import snapshot_text
from states.commands import APPLICANT_ACTOR, ConfirmNotice, PassDeadline, RecomputeClocks
from states.dossier import STEP, Dossier, evolve, fold
from states.errors import DomainError
from states.escalation import UNACKNOWLEDGED, next_effect
from states.events import Event, NoticeSent, RungReached, TaskDone, TransitionFired
from states.machine import decide
from states.procedure import APPLICANT, Procedure
from states.sendable import enabled_transitions
from states.wire import from_wire, to_wire

MINUTES = (0, 1, 59, 120, 240, 480, 1_440, 2_880, 10_080, 30_000)
TERMS = ("1 working_hours", "2 working_days", "1 calendar_days", "0.5 working_days")
NUMBERS = st.integers(0, 999)
PROCEDURES = st.sampled_from([restarting, pausing])


def fire(desk: Desk, which: int, who: int) -> None:
    """Fire something that the chart allows, by somebody who may or may not."""
    enabled = [name for name in enabled_transitions(desk.world, desk.dossier) if name != "extend"]
    name = enabled[which % len(enabled)] if enabled else "withdraw"
    right = {"counter": "counter", "officer": "officer", "fire_officer": "firefighter", "leader": "head"}
    by = desk.world.procedure.transition[name].by
    officer = right.get(by[who % len(by)]) if who % 5 else OFFICERS[which % len(OFFICERS)]
    actor = APPLICANT_ACTOR if officer is None else actor_of(officer)
    desk.fire(name, actor, facts=GIVEN.get(name, {}), documents=("plan",) if who % 3 == 0 else ())


def work(desk: Desk, which: int, who: int) -> None:
    """Claim, release or reassign the first task."""
    officer = OFFICERS[who % len(OFFICERS)]
    if desk.dossier.tasks:
        (desk.claim, desk.release, desk.reassign)[which % 3](officer)


def acknowledge(desk: Desk, which: int, who: int) -> None:
    """Confirm the first escalation that waits, by one of those who were told."""
    for waiting in desk.dossier.awaited[:1]:
        desk.acknowledge(waiting.clock, waiting.rung, waiting.recipients[who % len(waiting.recipients)])


def change_calendar(desk: Desk, which: int, who: int) -> None:
    """Declare some days off, and let the open clocks follow."""
    off = {date(2026, 3, 3) + timedelta(days=which % 30), date(2026, 3, 3) + timedelta(days=who % 30)}
    desk.sweep()
    desk.world = replace(desk.world, calendars={"vn-gov": calendar(*off)})
    desk.do(RecomputeClocks("digest"), by_person=False)


def wait(desk: Desk, which: int, who: int) -> None:
    """Let time pass, with or without a sweep at its end."""
    desk.now += timedelta(minutes=MINUTES[which % len(MINUTES)])
    if who % 2:
        desk.sweep()


ACTS: dict[str, Callable[[Desk, int, int], object]] = {
    "fire": fire,
    "fire again": fire,
    "fire on": fire,
    "extend": lambda desk, which, who: desk.extend(TERMS[which % len(TERMS)]),
    "work": work,
    "acknowledge": acknowledge,
    "wait": wait,
    "wait on": wait,
    "calendar": change_calendar,
}
CHOICES = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), NUMBERS, NUMBERS), min_size=5, max_size=25)


def driven(procedure: Procedure, choices: list[tuple[str, int, int]]) -> Iterator[tuple[Desk, Dossier]]:
    """Do what was chosen to an accepted dossier; yields the desk after each, with the dossier before it."""
    desk = accepted(rules(procedure))
    for name, which, who in choices:
        if desk.now.year > 2026:
            break
        if name not in ("wait", "wait on"):
            desk.sweep()
        before = desk.dossier
        desk.last = ()
        try:
            ACTS[name](desk, which, who)
        except DomainError as refusal:
            assert refusal.message("vi")
        yield desk, before


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_every_active_state_has_one_clock_with_one_holder(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """The step clocks that run are those of the active states; each clock has an agency or the applicant."""
    for desk, _ in driven(which(), choices):
        procedure, dossier = desk.world.procedure, desk.dossier
        clocked = {leaf for leaf in dossier.states if procedure.state[leaf].clock is not None}
        running = [clock for clock in dossier.clocks.values() if clock.running]
        assert clocked == {c.id.removeprefix(STEP) for c in running if c.id.startswith(STEP)}
        assert {clock.holder for clock in running} <= {*dossier.parties.values(), APPLICANT}


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_every_officer_s_state_has_one_task(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """The open tasks are those of the active states that an officer must act on, and none is done twice."""
    desk = None
    for desk, _ in driven(which(), choices):
        procedure, roles = desk.world.procedure, desk.world.procedure.role
        asked = [leaf for leaf in desk.dossier.states if procedure.state[leaf].holder in roles]
        assert sorted(asked) == sorted(task.state for task in desk.dossier.tasks)
    if desk is not None:
        done = [event.task for event in desk.log if isinstance(event, TaskDone)]
        assert len(done) == len(set(done))


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_a_rung_fires_at_most_once_in_an_epoch(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """By clock, epoch and rung, silences included, and never on a clock that is paused or stopped."""
    log: list[Event] = []
    for desk, _ in driven(which(), choices):
        log = desk.log
    fired = Counter((e.clock, e.epoch, e.rung) for e in log if isinstance(e, RungReached))
    assert [] == [key for key, times in fired.items() if times > 1]


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_a_clock_that_does_not_run_fires_no_rung(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """Whatever else happens, a rung belongs to a clock that runs; only a silence outlasts a pause."""
    for desk, _ in driven(which(), choices):
        dossier, world = desk.dossier, desk.world
        while events := decide(world, dossier, PassDeadline(), desk.now + timedelta(days=20)):
            for event in events:
                if isinstance(event, RungReached) and not event.rung.endswith(UNACKNOWLEDGED):
                    assert dossier.clocks[event.clock].running
            dossier = fold(dossier, events, by_person=False)


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_after_an_outage_rungs_fire_in_the_order_they_fell_due(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """However long nobody looked, what fell due earlier on the dossier takes effect earlier."""
    for desk, _ in driven(which(), choices):
        later = replace(desk, now=desk.now + timedelta(days=60), log=[])
        dues = [e.due_at for e in later.sweep() if isinstance(e, RungReached) or (
            isinstance(e, TransitionFired) and e.due_at is not None
        )]  # fmt: skip
        assert [] == [
            pair
            for pair in pairwise(dues)
            if pair[0] is not None and pair[1] is not None and pair[0] > pair[1]
        ]


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_a_version_is_a_person_s_command(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """It grows by one with each command of a person that did something, never by the clock or the calendar."""
    for desk, before in driven(which(), choices):
        timers = {"rung_reached", "clock_recomputed", "nonconformity_opened", "apology_drafted"}
        by_clock = bool(desk.last) and desk.last[0].kind in timers
        lapsed = any(isinstance(event, TransitionFired) and event.by == "system" for event in desk.last)
        person = bool(desk.last) and not by_clock and not lapsed
        assert before.version + person == desk.dossier.version


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_folding_the_events_alone_gives_the_dossier(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """Event by event or all at once, from memory or from text, the state is the same."""
    for desk, _ in driven(which(), choices):
        state: Dossier | None = None
        for event in desk.log:
            state = evolve(state, event)
        assert state is not None
        assert replace(state, version=desk.dossier.version) == desk.dossier
    text = canonical(to_wire(desk.dossier))
    assert text == snapshot_text(from_wire(Dossier, json.loads(text)))


@settings(max_examples=40)
@given(PROCEDURES, CHOICES)
def test_deciding_twice_gives_the_same(
    which: Callable[[], Procedure], choices: list[tuple[str, int, int]]
) -> None:
    """What the clock does next is the same on a dossier from the store, its mappings in another order."""
    for desk, _ in driven(which(), choices):
        stored = from_wire(Dossier, json.loads(canonical(to_wire(desk.dossier))))
        far = desk.now + timedelta(days=30)
        one, other = (decide(desk.world, given, PassDeadline(), far) for given in (desk.dossier, stored))
        assert one == other


def test_an_ended_dossier_owes_nothing() -> None:
    """Nothing falls due, although its clocks keep their due instants."""
    desk = accepted().fire("withdraw", None)
    assert (None, True) == (
        next_effect(desk.world, desk.dossier),
        any(c.due for c in desk.dossier.clocks.values()),
    )


def test_a_notice_changes_nothing_but_the_trail() -> None:
    """That a message left is recorded, and neither state nor version moves."""
    desk = accepted()
    before = desk.dossier
    desk.do(ConfirmNotice("id:1:1", "receipt", "mailbox"), by_person=False)
    assert ([NoticeSent("id:1:1", "receipt", "mailbox", desk.now)], before) == (list(desk.last), desk.dossier)


def test_who_acted_is_kept_for_good() -> None:
    """The last one in each role, and everybody who ever acted in it."""
    desk = accepted().fire("ask_more", "colleague").fire("resubmit", None).fire("appraise", "officer")
    assert {"counter": "counter", "officer": "officer"} == desk.dossier.officers
    assert {"counter": ("counter",), "officer": ("colleague", "officer")} == desk.dossier.acted


def test_a_dossier_begins_with_being_opened() -> None:
    """No other event can be the first, and no command but submission does without a dossier."""
    desk = accepted()
    with pytest.raises(ValueError, match="begins with 'opened'"):
        evolve(None, desk.last[0])
    with pytest.raises(ValueError, match="needs a dossier"):
        decide(desk.world, None, PassDeadline(), desk.now)
    with pytest.raises(ValueError, match="no events"):
        fold(None, (), by_person=True)
