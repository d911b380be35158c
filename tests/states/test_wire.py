"""The codec: what is written is plain JSON and reads back equal, for every event, command and snapshot."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from builders import compiled
from desk import checking
from hypothesis import given
from hypothesis import strategies as st
from world import definition, directory

from audit.canonical import canonical
from states.calendar import CalendarDefinition
from states.commands import Actor, Command, FireTransition
from states.directory import Directory
from states.dossier import Dossier
from states.events import KINDS, Event, Opened, event_from_wire, event_to_wire
from states.procedure import Procedure
from states.term import Term, Unit
from states.wire import from_wire, instant, instant_text, to_wire

INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
WHOLE = st.integers(1 - 2**53, 2**53 - 1)
SIMPLE: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: WHOLE,
    datetime: INSTANTS,
    Term: st.builds(Term, st.sampled_from(Unit), st.integers(1, 40_000)),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Draw values of a field as it is declared; mappings are dictionaries, as they are read."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_dataclass(hint):
        return drawn(hint)
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(TEXTS, values(inner[1]), max_size=3)
    return st.one_of(*map(values, inner)) if inner else st.from_type(hint)


def drawn(kind: Any) -> st.SearchStrategy[Any]:
    """Draw dataclasses of a kind with random values in every field."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: values(hints[field.name]) for field in fields(kind)})


def through_json(value: object) -> Any:
    """Write a value as a store would, and read the JSON again."""
    return json.loads(json.dumps(to_wire(value), sort_keys=True, allow_nan=False))


@given(st.data())
def test_every_event_comes_back_equal(data: st.DataObject) -> None:
    """Random values in all fields of any kind of event survive text with sorted keys."""
    event: Event = data.draw(drawn(data.draw(st.sampled_from(list(KINDS.values())))))
    assert event == event_from_wire(json.loads(json.dumps(event_to_wire(event), sort_keys=True)))


@given(st.data())
def test_every_command_comes_back_equal(data: st.DataObject) -> None:
    """Whatever may be asked can be read from its record."""
    kind = data.draw(st.sampled_from(Command.__args__))
    command = data.draw(drawn(kind))
    assert command == from_wire(kind, through_json(command))


@given(drawn(Dossier))
def test_every_snapshot_comes_back_equal(dossier: Dossier) -> None:
    """Clocks with their ledgers, tasks and acknowledgements awaited included."""
    assert dossier == from_wire(Dossier, through_json(dossier))


def test_real_values_come_back_equal() -> None:
    """A procedure with its table, a directory, a calendar and a living dossier."""
    given: list[tuple[type, object]] = [
        (Procedure, compiled()),
        (Directory, directory()),
        (CalendarDefinition, definition(date(2026, 3, 3))),
        (Dossier, checking().dossier),
    ]
    assert [value for _, value in given] == [from_wire(kind, through_json(value)) for kind, value in given]


def test_truth_and_one_stay_apart() -> None:
    """They are equal in Python and not in a record."""
    facts: Mapping[str, bool | int | str] = {"a": True, "b": 1, "c": "1"}
    back = from_wire(FireTransition, through_json(FireTransition("t", Actor("system"), 1, facts)))
    assert [bool, int, str] == [type(back.facts[name]) for name in "abc"]


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(minutes=-210))]),
                    min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)))  # fmt: skip
def test_an_instant_is_one_text_whatever_its_zone(at: datetime) -> None:
    """Always UTC, always six decimals, so texts sort as the instants do."""
    text = instant_text(at)
    assert (at, 27, "Z") == (instant(text), len(text), text[-1])


@given(INSTANTS, INSTANTS)
def test_instants_sort_as_text(one: datetime, other: datetime) -> None:
    """A database that knows text only puts them in the right order."""
    assert (one < other) == (instant_text(one) < instant_text(other))


def test_order_of_keys_means_nothing() -> None:
    """The same values in another order of mappings are the same event and the same canonical text."""
    [opened] = [event for event in checking().log if isinstance(event, Opened)]
    wire = event_to_wire(opened)
    backwards = {key: wire[key] for key in reversed(wire)}
    assert opened == event_from_wire(backwards)
    assert canonical(wire) == canonical(backwards)


@pytest.mark.parametrize(
    "data", [{"kind": "nonsense"}, {}, {"kind": "opened"}, {"kind": "task_done", "task": "t"}]
)
def test_what_is_no_event_is_refused(data: dict[str, Any]) -> None:
    """An unknown kind or a missing field is an error, not a default."""
    with pytest.raises(KeyError):
        event_from_wire(data)


@dataclass(frozen=True, slots=True)
class Odd:
    """A value that the codec was not made for."""

    what: float


def test_a_type_without_a_codec_is_an_error() -> None:
    """A fraction never slips into a record."""
    with pytest.raises(TypeError):
        to_wire(Odd(0.5))


@dataclass(frozen=True, slots=True)
class _Grown:
    """A stored type to which two fields were added later."""

    name: str
    since: datetime | None = None
    limit: int = 4
    seen: Mapping[str, int] = field(default_factory=dict)


def test_a_field_with_a_default_may_be_missing_in_an_old_text() -> None:
    """What was written before a field was added reads as the default of today."""
    assert _Grown("a") == from_wire(_Grown, {"name": "a"})


def test_a_field_without_a_default_must_be_there() -> None:
    """A text that lacks anything else was not written for this type."""
    with pytest.raises(KeyError):
        from_wire(_Grown, {"seen": {}})
