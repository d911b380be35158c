"""An installation at the instant that `--at` names: for reading anywhere, for writing in virtual time only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer

from motcua.bootstrap import ClockNotVirtual, VirtualClock, open_house
from motcua.services.calendars import read_instant
from motcua.services.installation import Installation

AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="INSTANT",
        help="As if it were this instant, local unless it has an offset; writing only where time is virtual.",
    ),
]


@contextmanager
def writing_house(db: str | None, at: str | None) -> Iterator[Installation]:
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
def reading_house(db: str | None, at: str | None = None) -> Iterator[Installation]:
    """Lend an installation to be looked at, as if it were another instant where one is given.

    Raises:
        InvalidInstant: It is none.
    """
    with open_house(db) as house:
        yield _moved(house, at)


def _moved(house: Installation, at: str | None) -> Installation:
    if at is None:
        return house
    directory = house.worlds.directory
    calendar = house.worlds.calendars[directory.get(directory.province).calendar]
    return replace(house, clock=VirtualClock(read_instant(at, calendar)), virtual=True)
