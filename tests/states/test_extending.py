"""Apology and new appointment: once, for a reason, in time or recorded as late."""

import pytest
from builders import compiled, procedure_mapping
from desk import Desk, accepted, rules, signing, with_moves
from office_time import local
from world import actor_of, pausing

from states.commands import ExtendTerm
from states.errors import CalendarHorizonError, InvalidTerm, NotAuthorised, TransitionRefused
from states.events import ApologyIssued, ClockExtended, NonconformityOpened
from states.procedure import Procedure
from states.sendable import enabled_transitions
from states.term import parse_term

COMMITTED_DUE = "2026-03-09T17:00"
"""A Monday; the letter of the default procedure leaves on Sunday the 8th at the latest."""


def extending(**changes: object) -> Procedure:
    """The default procedure with another extension."""
    [usual] = procedure_mapping()["extensions"]
    return with_moves(extensions=[{**usual, **changes}])


def refusal_of(desk: Desk, term: str = "2 working_days", reasoned: bool = True) -> str:
    """Why an extension is not possible."""
    with pytest.raises(TransitionRefused) as refusal:
        desk.extend(term, reasoned=reasoned)
    return str(refusal.value.facts["reason"])


def dues(desk: Desk) -> list[str]:
    """When the legal and the committed clock are due."""
    clocks = desk.dossier.clocks
    return [local(due) for name in ("legal", "committed") if (due := clocks[name].due) is not None]


def test_both_clocks_move_by_the_same_time() -> None:
    """Two working days more from each promise, in a new epoch, counted as the one extension there is."""
    desk = accepted().extend("2 working_days")
    assert ["2026-03-13T17:00", "2026-03-11T17:00"] == dues(desk)
    assert ([2, 2], 1) == ([e.epoch for e in desk.of(ClockExtended)], desk.dossier.facts["extension_count"])


def test_the_letter_speaks_of_the_appointment() -> None:
    """The applicant was promised the earlier of the two dates, so that is what the letter takes back."""
    [letter] = accepted().extend("2 working_days").of(ApologyIssued)
    assert (COMMITTED_DUE, "2026-03-11T17:00", "head", False) == (
        local(letter.previous_due), local(letter.due), letter.officer, letter.late
    )  # fmt: skip


def test_only_once() -> None:
    """A second apology is refused and no longer offered."""
    desk = accepted()
    assert "extend" in enabled_transitions(desk.world, desk.dossier)
    desk.extend()
    assert "possible 1 time(s) only" == refusal_of(desk)
    assert "extend" not in enabled_transitions(desk.world, desk.dossier)


def test_only_by_who_signs() -> None:
    """The officer who is late cannot forgive themselves."""
    with pytest.raises(NotAuthorised):
        accepted().extend(officer="officer")


def test_only_for_a_reason() -> None:
    """The letter must say why."""
    assert "a reason is required" == refusal_of(accepted(), reasoned=False)


@pytest.mark.parametrize("term", ["3 working_days", "1 calendar_days", "1 working_hours"])
def test_not_longer_than_allowed(term: str) -> None:
    """More than the most, or another unit than it is stated in, is refused."""
    desk = accepted(rules(extending(max_each={"working_days": 2})))
    assert "at most 2 working_days each" == refusal_of(desk, term)
    assert 1 == desk.extend("2 working_days").dossier.facts["extension_count"]


def test_not_while_the_clocks_stand_still() -> None:
    """While the applicant is to act there is nothing to apologise for."""
    desk = accepted(rules(pausing())).fire("ask_more", "officer")
    assert "no clock is running" == refusal_of(desk)


def test_not_before_the_clocks_start_nor_after_the_end() -> None:
    """Nothing runs before acceptance, after the result, or when the dossier has ended."""
    assert "no clock is running" == refusal_of(Desk().open())
    assert "no clock is running" == refusal_of(signing().fire("decide", "head"))
    ended = accepted().fire("withdraw", None)
    assert "there is nothing to extend" == refusal_of(ended)


@pytest.mark.parametrize("term", ["0.25 calendar_days", "0.5 months"])
def test_an_amount_must_make_sense(term: str) -> None:
    """Parts of calendar days or months are no amount of time."""
    with pytest.raises(InvalidTerm):
        accepted().extend(term)


def test_not_beyond_the_calendars() -> None:
    """A new appointment in a year that nobody knows is an error."""
    with pytest.raises(CalendarHorizonError):
        accepted().extend("600 working_days")


@pytest.mark.parametrize(
    ("when", "late"), [("2026-03-08T23:59", False), ("2026-03-09T00:00", True), ("2026-03-10T09:00", True)]
)
def test_a_letter_leaves_the_day_before_at_the_latest(when: str, late: bool) -> None:
    """By the local date: the last minute of the day before is in time, the due day itself is not."""
    desk = accepted().until(when)
    desk.sweep()
    [letter] = desk.extend().of(ApologyIssued)
    assert late == letter.late


def test_a_late_letter_is_sent_and_opens_a_nonconformity() -> None:
    """The clocks move all the same; the breach names the clock whose date was not kept."""
    desk = accepted().until("2026-03-09T09:00").extend()
    assert [
        NonconformityOpened("late_apology:committed:2", "late_apology", "committed", 2, desk.now)
    ] == desk.of(NonconformityOpened)
    assert (["2026-03-13T17:00", "2026-03-11T17:00"], [True, True]) == (
        dues(desk), [event.late for event in desk.of(ClockExtended)]
    )  # fmt: skip


@pytest.mark.parametrize(("when", "late"), [("2026-03-09T16:59", False), (COMMITTED_DUE, True)])
def test_without_a_distance_the_letter_leaves_before_the_due_instant(when: str, late: bool) -> None:
    """For terms of a day or less the instant counts, and the due instant itself is too late."""
    desk = accepted(rules(extending(letter_before=None))).until(when)
    [letter] = desk.extend().of(ApologyIssued)
    assert late == letter.late


@pytest.mark.parametrize(("when", "late"), [("2026-03-06T23:59", False), ("2026-03-07T09:00", True)])
def test_a_distance_in_working_days_is_counted_in_working_days(when: str, late: bool) -> None:
    """One working day before a Monday is the Friday."""
    desk = accepted(rules(extending(letter_before={"working_days": 1}))).until(when)
    [letter] = desk.extend().of(ApologyIssued)
    assert late == letter.late


def test_two_late_letters_are_two_breaches() -> None:
    """Extensions of different clocks may be late in the same epoch; each has a number of its own."""
    [usual] = procedure_mapping()["extensions"]
    each = [
        {**usual, "id": f"extend_{clock}", "clocks": [clock], "max_times": 2, "max_each": None}
        for clock in ("legal", "committed")
    ]
    desk = accepted(rules(compiled(procedure_mapping(extensions=each)))).until("2026-03-11T09:00")
    for name in ("extend_legal", "extend_committed"):
        desk.do(_extension(desk, name))
    assert 2 == len(set(desk.dossier.nonconformities))


def _extension(desk: Desk, name: str) -> ExtendTerm:
    return ExtendTerm(
        name, parse_term("working_days", "1"), actor_of("head"), desk.dossier.version, reasoned=True
    )


def test_whatever_is_asked_is_answered() -> None:
    """An extension that the procedure does not have is refused like any other."""
    desk = accepted()
    with pytest.raises(TransitionRefused):
        desk.do(_extension(desk, "forever"))
    assert 0 == desk.dossier.facts["extension_count"]
