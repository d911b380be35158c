"""An agency as the registry knows it: its period, its names over time, and who took over what from when on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heir:
    """An agency that took something over.

    Attributes:
        since: The first day on which the heir answers for it.
        procedures: Codes of the procedures that went to it; empty: everything that went to no other heir.
    """

    agency: str
    since: date
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """A former name; `until` is the first day on which the next one was in force."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people hand in."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency, as the registry knows it.

    Attributes:
        code: National code, such as `H99.15`.
        name: The newest one; `name_on` knows those of earlier days.
        kind: What kind of agency it is; procedures bind parties by kind.
        level: `ministry`, `province` or `commune`.
        parent: Code of the agency above; None for the province itself.
        since: The first day on which it is open.
        until: The first day on which it no longer is; None while no end is known.
        successors: Who took over what, in the order of days; also of an agency that stays open.
        names: Former names, oldest first.
        escalations: Positions that hear of what reaches nobody else here, the first that is held.
    """

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    calendar: str
    since: date = date.min
    until: date | None = None
    successors: tuple[Heir, ...] = ()
    names: tuple[Naming, ...] = ()
    desks: tuple[Desk, ...] = ()
    escalations: tuple[str, ...] = ()

    def open_on(self, day: date) -> bool:
        """Tell whether it is open on a local *day*."""
        return self.since <= day and (self.until is None or day < self.until)

    def name_on(self, day: date) -> str:
        """Return the name that was in force on a local *day*."""
        return next((naming.name for naming in self.names if day < naming.until), self.name)

    def heir(self, after: date, day: date, procedure: str | None) -> Heir | None:
        """Return the first who took over a procedure from *after* (inclusive) to *day* (inclusive).

        Who took that procedure by name comes before who took the rest on the same day.
        """
        took = [
            heir
            for heir in self.successors
            if after <= heir.since <= day and (not heir.procedures or procedure in heir.procedures)
        ]
        return min(took, key=lambda heir: (heir.since, not heir.procedures), default=None)


@dataclass(frozen=True, slots=True)
class Post:
    """An officer holds a position in an agency, from a day (inclusive) until a day (exclusive) or for good."""

    officer: str
    agency: str
    position: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Binding:
    """Which agency of a kind serves a competent agency; it comes before the way the procedure names.

    Attributes:
        by: By code of the competent agency, the agency that serves it.
        since: The first day on which it counts.
        until: The first day on which it no longer does; None for good.
        procedures: Codes of the procedures it is for; empty: all.
    """

    kind: str
    by: Mapping[str, str]
    since: date
    until: date | None = None
    procedures: tuple[str, ...] = ()

    def serves(self, kind: str, procedure: str, competent: str, day: date) -> str | None:
        """Return the agency of *kind* for a procedure of a competent agency; None where it says nothing."""
        counts = self.since <= day and (self.until is None or day < self.until)
        if self.kind != kind or not counts or (self.procedures and procedure not in self.procedures):
            return None
        return self.by.get(competent)
