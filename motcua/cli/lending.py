"""Gives commands the options that all of them take, and lends them the house that they work on.

The body of a command is what it does: it takes the house, where it needs one, and the options that are its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any

from motcua.bootstrap import ClockNotVirtual, VirtualClock, open_house
from motcua.cli.options import AtOption, DbOption, JsonOption, LangOption, QuietOption
from motcua.services.calendars import read_instant
from motcua.services.installation import Installation

Command = Callable[..., None]


def speaking(command: Command) -> Command:
    """Give a command the options on how it speaks, which take effect as they are read."""
    own = tuple(signature(command, eval_str=True).parameters.values())

    def body(**given: Any) -> None:
        command(**{parameter.name: given[parameter.name] for parameter in own})

    return _with_options(command, body, own, _said)


def _lent(lend: Callable[..., AbstractContextManager[Installation]]) -> Callable[[Command], Command]:
    """Lend commands a house, as their first argument, and give them the options that say which."""
    theirs = tuple(signature(lend).parameters)

    def lending(command: Command) -> Command:
        _, *own = signature(command, eval_str=True).parameters.values()

        def body(**given: Any) -> None:
            with lend(**{name: given.pop(name) for name in theirs}) as house:
                command(house, **given)

        return speaking(_with_options(command, body, own, lend))

    return lending


def _with_options(
    command: Command, body: Command, own: Sequence[Parameter], options: Callable[..., Any]
) -> Command:
    """Name a body as its command is named, and let it take the options of another function after its own."""
    more = (
        p.replace(kind=Parameter.KEYWORD_ONLY) for p in signature(options, eval_str=True).parameters.values()
    )
    named = wraps(command, assigned=("__module__", "__name__", "__qualname__", "__doc__"))(body)
    named.__dict__["__signature__"] = Signature([*own, *more])
    return named


def _said(as_json: JsonOption = False, lang: LangOption = None, quiet: QuietOption = False) -> None:
    """Take the options on how a command speaks."""


@contextmanager
def writing_house(at: AtOption = None, db: DbOption = None) -> Iterator[Installation]:
    """Lend an installation to write by its own clock, or at an instant where its time is virtual.

    Raises:
        ClockNotVirtual: An instant was given, and the database keeps real time.
        InvalidInstant: It is none.
    """
    with open_house(db) as house:
        if at is not None and not house.virtual:
            raise ClockNotVirtual
        yield _moved(house, at)


@contextmanager
def reading_house(at: AtOption = None, db: DbOption = None) -> Iterator[Installation]:
    """Lend an installation to be looked at, as if it were another instant where one is given.

    Raises:
        InvalidInstant: It is none.
    """
    with open_house(db) as house:
        yield _moved(house, at)


@contextmanager
def _house(db: DbOption = None) -> Iterator[Installation]:
    with open_house(db) as house:
        yield house


def _moved(house: Installation, at: str | None) -> Installation:
    if at is None:
        return house
    directory = house.worlds.directory
    calendar = house.worlds.calendars[directory.get(directory.province).calendar]
    return replace(house, clock=VirtualClock(read_instant(at, calendar)), virtual=True)


housed = _lent(_house)
"""Decorates a command that is lent the house as it stands now."""
reading = _lent(reading_house)
"""Decorates a command that looks at the house, now or as of an instant."""
writing = _lent(writing_house)
"""Decorates a command that changes what the house holds."""
