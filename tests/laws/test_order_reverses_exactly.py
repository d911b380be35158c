"""The law of mass orders: taken back, an order leaves what it covered and nothing else."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from desk import Desk, accepted, rules
from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import at
from ordered import EVERY_CLOCK, extending, ordering, reversing, times, told
from world import pausing, restarting

from states.commands import PassDeadline
from states.dossier import held_by_order
from states.errors import DomainError
from states.term import Term, Unit

Moves = list[tuple[int, tuple[str, str | None]]]
MINUTE = timedelta(minutes=1)
MOVES = (
    ("ask_more", "officer"), ("resubmit", None), ("appraise", "officer"), ("visit", "officer"), ("extend", "head"),
)  # fmt: skip
steps = st.lists(st.tuples(st.integers(0, 4_000), st.sampled_from(MOVES)), max_size=7)
instants = st.integers(0, 6_000)
covered = st.sets(st.sampled_from(EVERY_CLOCK), min_size=1).map(lambda names: tuple(sorted(names)))


def lived(moves: Moves, pauses: bool) -> Desk:
    """A dossier with a past: supplements, moves and extensions at random, what the rules refuse left out."""
    desk = accepted(rules(pausing() if pauses else restarting()))
    for minutes, (name, actor) in moves:
        desk.now += minutes * MINUTE
        desk.sweep()
        try:
            desk.extend() if name == "extend" else desk.fire(name, actor)
        except DomainError:
            continue
    return desk


def branch(desk: Desk) -> Desk:
    """The same dossier, to be led another way."""
    return replace(desk, log=[])


@settings(max_examples=150, deadline=None)
@given(steps, st.booleans(), covered, st.integers(0, 9_000), st.booleans())
def test_an_order_that_is_reversed_at_once_never_was(
    moves: Moves, pauses: bool, clocks: tuple[str, ...], ago: int, late: bool
) -> None:
    """Applied and taken back at one instant, however long it had been in effect: every due and rest is as before."""
    desk = lived(moves, pauses)
    since = desk.now - ago * MINUTE
    if desk.dossier.ended:
        return
    before = times(desk.dossier)
    epochs = {name: clock.epoch for name, clock in desk.dossier.clocks.items()}
    until = desk.now - ago // 2 * MINUTE if late and ago > 1 else None
    told(desk, ordering(since=since, clocks=clocks, until=until))
    told(desk, reversing(since=desk.now))
    assert before == times(desk.dossier)
    assert epochs == {name: clock.epoch for name, clock in desk.dossier.clocks.items()}
    assert () == held_by_order(desk.dossier)


@settings(max_examples=100, deadline=None)
@given(steps, st.booleans(), covered, st.integers(1, 60))
def test_an_extension_that_is_reversed_at_once_moves_nothing(
    moves: Moves, pauses: bool, clocks: tuple[str, ...], quarters: int
) -> None:
    """Due instants are as before, and what had fired stays fired."""
    desk = lived(moves, pauses)
    before, fired = times(desk.dossier), {name: clock.fired for name, clock in desk.dossier.clocks.items()}
    try:
        told(desk, extending(since=desk.now, clocks=clocks, term=Term(Unit.WORKING_HOURS, quarters)))
    except DomainError:
        return
    told(desk, reversing("more_time", desk.now))
    assert before == times(desk.dossier)
    assert fired == {name: clock.fired for name, clock in desk.dossier.clocks.items()}
    assert [] == [event.kind for event in desk.sweep()]


@settings(max_examples=150, deadline=None)
@given(steps, steps, st.booleans(), covered, instants, instants)
def test_an_order_signed_late_gives_what_it_would_have_given_in_time(
    moves: Moves, meanwhile: Moves, pauses: bool, clocks: tuple[str, ...], lag: int, lasts: int
) -> None:
    """Told a while after it took effect, whatever people did meanwhile, every clock stands as if told at once."""
    desk = lived(moves, pauses)
    if desk.dossier.ended:
        return
    since = desk.now
    punctual, belated = branch(desk), branch(desk)
    told(punctual, ordering(since=since, clocks=clocks))
    for minutes, (name, actor) in meanwhile:
        for led in (punctual, belated):
            led.now += minutes * MINUTE
            with suppress(DomainError):
                if name != "extend":
                    led.fire(name, actor)
    belated.now = punctual.now = punctual.now + lag * MINUTE
    told(belated, ordering(since=since, clocks=clocks))
    assert times(punctual.dossier) == times(belated.dossier)
    for led in (punctual, belated):
        led.now += lasts * MINUTE
        told(led, reversing(since=led.now, past="stands"))
    assert times(punctual.dossier) == times(belated.dossier)


@settings(max_examples=150, deadline=None)
@given(steps, st.booleans(), covered, instants, instants)
def test_an_end_noticed_late_counts_from_the_end(
    moves: Moves, pauses: bool, clocks: tuple[str, ...], lasts: int, lag: int
) -> None:
    """An order that lifts itself, one that is reversed at the same instant and one told after its end agree."""
    desk = lived(moves, pauses)
    if desk.dossier.ended:
        return
    since, until = desk.now, desk.now + (lasts + 1) * MINUTE
    itself, by_hand = branch(desk), branch(desk)
    told(itself, ordering(since=since, clocks=clocks, until=until))
    told(by_hand, ordering(since=since, clocks=clocks))
    by_hand.now = until
    told(by_hand, reversing(since=until))
    itself.now = until + lag * MINUTE
    while itself.dossier.orders[0].holds and itself.do(PassDeadline(), by_person=False).last:
        pass
    if itself.dossier.states == by_hand.dossier.states:
        common = {name: by_hand.dossier.clocks[name] for name in itself.dossier.clocks if name in clocks}
        assert {name: (clock.due, clock.remaining) for name, clock in common.items()} == {
            name: (itself.dossier.clocks[name].due, itself.dossier.clocks[name].remaining) for name in common
        }


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("a", "b", "c")), st.booleans(), st.integers(0, 900)), max_size=10))
def test_a_clock_runs_exactly_while_nothing_holds_it(doings: list[tuple[str, bool, int]]) -> None:
    """Whatever the order in which orders come, go and overlap with a supplement, the legal clock obeys them all."""
    desk = accepted(rules(pausing()))
    for number, (name, opens, minutes) in enumerate(doings):
        desk.now += minutes * MINUTE
        try:
            if name == "c":
                desk.fire("ask_more" if opens else "resubmit", "officer" if opens else None)
            elif opens:
                told(desk, ordering(f"{name}{number}", since=desk.now))
            else:
                holding = held_by_order(desk.dossier)
                for entry in holding[:1]:
                    told(desk, reversing(entry.id, desk.now))
        except DomainError:
            continue
        dossier = desk.dossier
        if not dossier.ended:
            held = bool(held_by_order(dossier)) or dossier.suspension is not None
            assert held is dossier.clocks["legal"].paused
            assert all(clock.paused is bool(held_by_order(dossier))
                       for name, clock in dossier.clocks.items() if name.startswith("step:"))  # fmt: skip


def test_the_desk_opens_when_the_law_says() -> None:
    """The dossiers of these laws begin on a Monday morning."""
    assert at("2026-03-02T08:30") == datetime.fromisoformat("2026-03-02T01:30:00+00:00")
