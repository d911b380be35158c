"""The register of nonconformities, the same in every kind of store: steps in order, once, and what came again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from changes import AGENCY, after, dossier, moving, nonconformity, opening, record
from stores import KINDS, each_store, everything

from motcua.services.ports import Busy, NonconformityStep, NonconformityText, Recurrences, Store

STREAM = f"registry:{AGENCY}"
PROCEDURE = "9.000001"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind."""
    yield from each_store(request)


def step(entry: str, number: int, seq: int, **changes: Any) -> NonconformityStep:
    """Return a step of an entry with its place in the stream."""
    facts = {"text": "c" * 64, "due": "2026-03-09", "found": ["a"], "handled": 3}
    kind, status = "nonconformity_acted", "acting"
    made = NonconformityStep(entry, number, kind, status, "an", facts, STREAM, seq, after(seq))
    return replace(made, **changes)


def test_steps_come_back_as_they_were_written(store: Store) -> None:
    """Whole, with what a person wrote, by entry and number; each brings its record."""
    store.write([opening(1, nonconformities=(nonconformity("a", 1), nonconformity("b", 1)))])
    written = NonconformityText("ab" * 32, "thêm người trực")
    first, second = step("a", 1, 2, text=written), step("a", 2, 3)
    other = step("b", 1, 1)
    for number, each in enumerate((other, first, second), 1):
        store.add_nonconformity_step(each, record(STREAM, number, "registry"))
    assert [first, second] == store.nonconformity_steps("a")
    assert [first, second, other] == store.nonconformity_steps()
    assert [] == store.nonconformity_steps("c")
    assert [1, 2, 3] == [row.seq for row in store.records(STREAM)]


def test_an_entry_that_a_person_raised_comes_with_its_first_step_or_not_at_all(store: Store) -> None:
    """Entry, step and record are stored together; where the record's number is taken, none is."""
    store.write([opening(1)])
    row = nonconformity("a", 1)
    store.add_nonconformity(row, step("a", 1, 1), record(STREAM, 1, "registry"))
    assert ([row], [step("a", 1, 1)]) == (store.nonconformities(), store.nonconformity_steps())
    before = everything(store)
    with pytest.raises(Busy):
        store.add_nonconformity(nonconformity("b", 1), step("b", 1, 1), record(STREAM, 1, "registry"))
    with pytest.raises(Busy):
        store.add_nonconformity(row, step("a", 2, 2), record(STREAM, 2, "registry"))
    assert before == everything(store)


@pytest.mark.parametrize(("number", "seq"), [(1, 2), (2, 1)])
def test_of_two_equal_steps_one_is_refused_whole(store: Store, number: int, seq: int) -> None:
    """A taken number of the entry, or of the stream, refuses step and record alike."""
    store.write([opening(1, nonconformities=(nonconformity("a", 1),))])
    store.add_nonconformity_step(step("a", 1, 1), record(STREAM, 1, "registry"))
    before = everything(store)
    with pytest.raises(Busy):
        store.add_nonconformity_step(step("a", number, seq), record(STREAM, seq, "registry"))
    assert before == everything(store)


def test_what_came_again_is_found_after_an_instant(store: Store) -> None:
    """The same cause, procedure and agencies, after the first instant up to the last; with what could show it anew."""
    other = replace(nonconformity("x", 3, 5), agency="H01.03")
    led = dossier(3, agency="H01.03")
    elsewhere = opening(3, agency="H01.03", dossier=led, nonconformities=(other,))
    store.write([opening(1, nonconformities=(nonconformity("a", 1, 1), nonconformity("b", 1, 3)))])
    store.write([opening(2, nonconformities=(nonconformity("c", 2, 2),)), elsewhere])

    def found(cause: str, hours: float, until: float) -> Recurrences:
        return store.recurrences(cause, PROCEDURE, (AGENCY,), after(hours), after(until))

    assert Recurrences(("c", "b"), 0) == found("late", 1, 3)
    assert ("c",) == found("late", 1, 2).found
    assert Recurrences((), 2) == found("other", 0, 9)
    both = store.recurrences("late", PROCEDURE, (AGENCY, "H01.03"), after(2), after(9))
    assert ("b", "x") == both.found
    assert Recurrences((), 0) == store.recurrences("late", "9.000002", (AGENCY,), after(0), after(9))
    store.write([moving(1, 2), moving(2, 2)])
    assert Recurrences((), 1) == found("late", 1.5, 1.75)


def test_records_of_a_time_are_walked_by_stream(store: Store) -> None:
    """The first instant counts, the last one does not."""
    for change in (opening(1), opening(2), moving(1, 2), moving(1, 3)):
        store.write([change])
    store.append([record("system", 1), record("system", 2)])
    walked = [(row.stream, row.seq) for row in store.records_between(after(2), after(3))]
    everything_then = [(row.stream, row.seq) for row in store.all_records() if row.at == after(2)]
    assert everything_then == walked
    assert 2 == len(walked)
