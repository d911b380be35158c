"""The national portal in a demonstration: the province is connected, the portal fails for days, and all arrives."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from motcua.services.demonstrating.plan import Period
from motcua.services.installation import Installation
from motcua.services.notices import local_text
from motcua.services.portal import Lag, lag, mend, reconcile, tell_portal
from motcua.services.ports import Clock, Portal
from states.calendar import BusinessCalendar

CONNECTED, DOWN, SLOW, HEALED = 7, 6, 4, 3
"""So many working days before the end of the period, the last one included, at the opening of the office."""

SLOW_FOR = timedelta(hours=1)
TROUBLED = ("500", "duplicate", "lost", "reorder")
SHARE = 0.4
EVERY = timedelta(minutes=5)
"""So soon after something happened the portal is told of it."""

SETTLED = timedelta(days=7)
"""Dossiers that ended so lately are told too when the province is connected."""

ALL = 1_000_000


class MovableClock(Clock, Protocol):
    """A clock of virtual time."""

    def move(self, at: datetime) -> None:
        """Stand at *at* from now on; never go back."""
        ...


class Line(Protocol):
    """The way to a portal that can be made to misbehave."""

    @property
    def portal(self) -> Portal:
        """The portal, by the way that is taken at the moment."""
        ...

    @property
    def requests(self) -> tuple[int, int]:
        """What it was asked so far, and of that what suffered."""
        ...

    def behave(self, mischief: Sequence[str], share: float) -> None:
        """Let a share of what it is asked suffer from now on; none where there is no mischief."""
        ...


@dataclass(frozen=True, slots=True)
class Spell:
    """How the portal behaves from an instant on."""

    begins: datetime
    mischief: tuple[str, ...] = ()
    share: float = 0.0


@dataclass(slots=True)
class Informed:
    """What came of it.

    Attributes:
        arrived: Messages that the portal took: dossiers and moves.
        tried_again: Failures, after which the same message left again.
        refused: Messages given up.
        compared: Dossiers that were looked up at the portal when the curtain fell.
        differences: What it said otherwise, was not told yet, or knew of nobody.
        lag: How soon it knew of each change of status.
    """

    connected: datetime
    fails: datetime
    healed: datetime
    arrived: int = 0
    tried_again: int = 0
    refused: int = 0
    compared: int = 0
    differences: int = 0
    requests: int = 0
    suffered: int = 0
    lag: Lag | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was lost on the way."""
        waits = self.lag is None or self.lag.behind or self.lag.waiting
        return not (self.refused or self.differences or waits)


def spells_of(period: Period, calendar: BusinessCalendar) -> tuple[Spell, ...]:
    """Return when the province is connected, the portal goes down, is slow, is troubled, and is well again."""
    days = [day.date for day in calendar.days(period.first_day, period.last_day) if day.working]
    connected, down, slow, healed = (
        calendar.opening(days[-before]) for before in (CONNECTED, DOWN, SLOW, HEALED)
    )
    return (
        Spell(connected),
        Spell(down, ("500",), 1.0),
        Spell(slow, ("slow",), 1.0),
        Spell(slow + SLOW_FOR, TROUBLED, SHARE),
        Spell(healed),
    )


class Informing:
    """Tells the portal whatever happens, however it behaves."""

    def __init__(self, clock: MovableClock, line: Line, spells: Sequence[Spell]) -> None:
        self.clock, self.line = clock, line
        self.informed = Informed(spells[0].begins, spells[1].begins, spells[-1].begins)
        self._spells = deque(spells)

    def before(self, house: Installation, at: datetime) -> Installation:
        """Tell what happened before the clock goes on to *at*; return the house, which may be connected now."""
        while self._spells and self._spells[0].begins <= at:
            spell = self._spells.popleft()
            self.clock.move(spell.begins)
            self.line.behave(spell.mischief, spell.share)
            house = house if house.portal else self._connected(house)
        if house.portal and at > self.clock.now():
            self.clock.move(min(at, self.clock.now() + EVERY))
            self._tell(house)
        return house

    def _connected(self, house: Installation) -> Installation:
        """From now on what happens is owed; what stands already is owed because the portal lacks it."""
        connected = replace(house, portal=True)
        mend(connected, reconcile(connected, self.line.portal, SETTLED))
        self._tell(connected)
        return connected

    def _tell(self, house: Installation) -> None:
        told = tell_portal(house, self.line.portal, limit=ALL)
        self.informed.arrived += told.sent
        self.informed.tried_again += told.retried
        self.informed.refused += told.dead

    def finish(self, house: Installation) -> Informed:
        """Tell the last of it, and compare."""
        self._tell(house)
        done, portal = self.informed, self.line.portal
        found = reconcile(house, portal, house.now() - done.connected)
        done.compared, done.differences = found.compared, len(found.differences) + found.waiting
        done.lag = lag(house, portal.table, done.connected)
        done.requests, done.suffered = self.line.requests
        return done


def figures_informed(told: Informed, calendar: BusinessCalendar) -> dict[str, Any]:
    """Return what is told of it as plain values; the same for the same seed."""
    measured = told.lag
    return {
        "connected_at": local_text(calendar, told.connected),
        "outage": {"from": local_text(calendar, told.fails), "until": local_text(calendar, told.healed)},
        "arrived": told.arrived,
        "tried_again": told.tried_again,
        "refused": told.refused,
        "requests": told.requests,
        "misbehaved": told.suffered,
        "changes": 0 if measured is None else measured.told,
        "held_up": 0 if measured is None else measured.told - measured.in_time,
        "longest_wait_minutes": 0 if measured is None else measured.slowest // timedelta(minutes=1),
        "compared": told.compared,
        "differences": told.differences,
    }
