"""Whatever happens, a clock has one holder, custody goes over at acceptance alone, and the time adds up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from handing_over import Play, handing
from hypothesis import given, settings
from hypothesis import strategies as st

from states.commands import PassDeadline
from states.custody import Custody, custodian
from states.dossier import Dossier, of_the_dossier
from states.errors import DomainError
from states.procedure import APPLICANT
from states.responsibility import MICROSECOND, Moment, Span, shares, spans

MOVES = [(move.id, by) for move in handing().transitions for by in move.by if by != "system"]
PEOPLE = {
    "counter": "counter",
    "officer": "officer",
    "fire_officer": "firefighter",
    "leader": "head",
    APPLICANT: None,
}
ANSWERS = [
    (act, state, who)
    for act in ("acknowledge", "accept", "give_back")
    for state, who in (("fire_check", "firefighter"), ("back", "officer"), ("back", "firefighter"))
]
DEEDS = st.one_of(
    st.sampled_from(MOVES).map(lambda move: ("fire", *move)),
    st.sampled_from(ANSWERS),
    st.integers(0, len(MOVES) - 1).map(lambda first: ("likely", str(first), "")),
)
WAITS = st.timedeltas(timedelta(0), timedelta(days=1))


def _deed(play: Play, deed: tuple[str, str, str]) -> None:
    act, what, who = deed
    if act == "likely":
        _likely(play, int(what))
    elif act == "fire":
        play.fire(what, PEOPLE[who])
    else:
        getattr(play, act)(what, who)


def _likely(play: Play, first: int) -> None:
    """Do something that is possible, so that random ways get far."""
    assert play.dossier is not None
    for state in play.dossier.states:
        if play.dossier.offered(state):
            play.accept(state, "firefighter" if state == "fire_check" else "officer")
            return
    for move, by in MOVES[first:] + MOVES[:first]:
        before = play.dossier
        try:
            play.fire(move, PEOPLE[by])
        except DomainError:
            continue
        if before is not play.dossier:
            return


def _walk(steps: list[tuple[tuple[str, str, str], timedelta]]) -> Play:
    play = Play()
    play.open()
    for deed, wait in steps:
        play.now += wait
        while (before := play.dossier) is not play.do(PassDeadline()):
            assert before is not None
        try:
            _deed(play, deed)
        except DomainError:
            continue
    return play


STEPS = st.lists(st.tuples(DEEDS, WAITS), max_size=25)


def _holders(dossier: Dossier) -> set[str]:
    return {
        clock.holder for name, clock in dossier.clocks.items() if of_the_dossier(name) and not clock.stopped
    }


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_every_clock_has_one_holder_who_has_custody(
    steps: list[tuple[tuple[str, str, str], timedelta]],
) -> None:
    """The clocks of the dossier share a holder, outside of parallel blocks the agency that has custody."""
    play = _walk(steps)
    for _, dossier in play.moments:
        assert all(clock.holder for clock in dossier.clocks.values())
        assert len(_holders(dossier)) <= 1
        who = custodian(play.world.procedure, dossier)
        if len(dossier.states) == 1 and who.kind is Custody.AGENCY and _holders(dossier):
            assert {who.party} == _holders(dossier)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_an_open_offer_is_with_its_sender(steps: list[tuple[tuple[str, str, str], timedelta]]) -> None:
    """From offer to answer custody, task and step clock of the receiver do not exist."""
    play = _walk(steps)
    for _, dossier in play.moments:
        for state in dossier.states:
            passage = dossier.offered(state)
            if passage is not None:
                assert passage.sender == custodian(play.world.procedure, dossier).party
                assert f"step:{state}" not in dossier.clocks
                assert state not in [task.state for task in dossier.tasks]


@settings(max_examples=60, deadline=None)
@given(STEPS, WAITS)
def test_the_parts_add_up_to_the_lead_time(
    steps: list[tuple[tuple[str, str, str], timedelta]], wait: timedelta
) -> None:
    """Spans are in order, without gap or overlap, from intake to the end; so are the shares of the parties."""
    play = _walk(steps)
    until = play.now + wait
    found = spans(play.world.procedure, play.moments, until)
    ended = next((at for at, dossier in play.moments if dossier.ended), until)
    lead = (ended - play.moments[0][0]) // MICROSECOND
    assert lead == sum(span.microseconds for span in found)
    assert lead == sum(share.microseconds for share in shares(play.world, found))
    assert all(one.end == other.start for one, other in pairwise(found))
    if found:
        assert (play.moments[0][0], ended) == (found[0].start, found[-1].end)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_no_more_is_known_later_than_whose_a_block_was(
    steps: list[tuple[tuple[str, str, str], timedelta]],
) -> None:
    """What comes after a dossier left its parallel block changes nobody's share of what was before."""
    play = _walk(steps)
    procedure, moments = play.world.procedure, play.moments
    for index, (at, dossier) in enumerate(moments):
        if len(dossier.states) == 1:
            early = spans(procedure, moments[: index + 1], at)
            late = [span for span in spans(procedure, moments, play.now) if span.start < at]
            assert _cut(early, moments[0]) == _cut([replace(s, end=min(s.end, at)) for s in late], moments[0])


def _cut(found: Sequence[Span], first: Moment) -> list[tuple[Any, ...]]:
    return [(span.start - first[0], span.end - first[0], span.who, span.state) for span in found]
