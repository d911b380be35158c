"""Dossiers that belong together, by their records alone: every child that a parent names is there and names it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.finding import Finding
from audit.record import AuditRecord
from states.kin import MISDIRECTED, child_id

DOSSIER = "dossier:"


@dataclass(slots=True)
class _Known:
    """What one dossier's records say of its kin.

    Attributes:
        parent: Code and component that it names.
        ended: Number of the record in which it ended; 0 while it has not.
        children: By component, what is said of it last: code, whether it was decided and ended, and the record.
        former: By component, the same of each dossier that an agency gave back as not its own.
    """

    code: str = ""
    parent: tuple[str, str] | None = None
    outcome: str | None = None
    ended: int = 0
    children: dict[str, dict[str, Any]] = field(default_factory=dict)
    former: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def told(self, component: str) -> list[dict[str, Any]]:
        """Return what is said of each dossier of a component, in their order."""
        return [*self.former.get(component, ()), self.children[component]]


@dataclass(slots=True)
class Relations:
    """Collects what the records of all dossiers say of each other; memory grows with kin only."""

    _known: dict[str, _Known] = field(default_factory=dict)

    def take(self, stream: str, records: Sequence[AuditRecord]) -> None:
        """Read the records of one dossier."""
        known = _Known()
        for record in records:
            for event in record.events:
                _take(known, record.seq, event)
        if known.parent is not None or known.children:
            self._known[stream] = known

    def findings(self) -> Iterator[Finding]:
        """Yield where parent and child do not agree; a child may be ahead of its parent, never behind it."""
        places = {known.code: stream for stream, known in self._known.items()}
        for stream, known in sorted(self._known.items()):
            for component in sorted(known.children):
                for attempt, told in enumerate(known.told(component), 1):
                    yield from self._child(stream, known, (component, attempt), told)
            if known.parent is not None:
                yield from self._parent(stream, known.parent, places)

    def _child(
        self, stream: str, parent: _Known, which: tuple[str, int], told: dict[str, Any]
    ) -> Iterator[Finding]:
        component, _ = which
        seq, child = told["seq"], self._known.get(_place(stream, *which))
        if "dossier" in told:
            expected = (told["dossier"], (parent.code, component))
            found = None if child is None else (child.code, child.parent)
            if found != expected:
                yield _finding(stream, seq, f"{expected[0]} of {parent.code}", _shown(found))
        if child is not None and child.outcome not in (None, told.get("outcome", child.outcome)):
            yield _finding(stream, seq, f"{component} {child.outcome}", str(told["outcome"]))
        if "ended" in told and (child is None or not child.ended):
            yield _finding(stream, seq, f"{component} has not ended", "it is said to have ended")
        if parent.ended and not {"ended", "skipped"} & told.keys():
            yield _finding(stream, parent.ended, f"{component} ends before", "the parent ended")

    def _parent(self, stream: str, named: tuple[str, str], places: dict[str, str]) -> Iterator[Finding]:
        code, component = named
        place = places.get(code)
        if place is None or component not in self._known[place].children:
            yield _finding(stream, 1, f"{code} owes {component}", "it does not know of it")
        elif stream not in self._places(place, component):
            yield _finding(stream, 1, f"the one dossier of {component} of {code}", "another one")

    def _places(self, parent: str, component: str) -> set[str]:
        told = self._known[parent].told(component)
        return {_place(parent, component, attempt) for attempt in range(1, len(told) + 1)}


def _place(parent: str, component: str, attempt: int) -> str:
    """Return the stream of a component of the dossier with the stream *parent*."""
    return f"{DOSSIER}{child_id(parent.removeprefix(DOSSIER), component, attempt)}"


def _shown(found: tuple[str, tuple[str, str] | None] | None) -> str:
    if found is None:
        return "no such dossier"
    return found[0] if found[1] is None else f"{found[0]} of {found[1][0]}"


def _finding(stream: str, seq: int, expected: str, found: str) -> Finding:
    return Finding(stream, seq, "kin", expected, found)


def _take(known: _Known, seq: int, event: dict[str, Any]) -> None:
    kind = event["kind"]
    if kind == "opened":
        known.code = event["code"]
    elif kind == "parent_named":
        known.parent = event["dossier"], event["component"]
    elif kind == "transition_fired":
        known.outcome = known.outcome or event["outcome"]
        known.ended = seq if event["ended"] else known.ended
    elif kind in _SAID:
        if event.get("attempt", 1) > 1:
            known.former.setdefault(event["component"], []).append(known.children.pop(event["component"], {}))
        told = known.children.setdefault(event["component"], {})
        for name in ("dossier", "outcome"):
            if name in event:
                told.setdefault(name, event[name])
        told |= {"seq": seq, **_SAID[kind]}


_SAID: dict[str, dict[str, bool | str]] = {
    "child_owed": {},
    "child_opened": {},
    "child_resulted": {},
    "child_ended": {"ended": True},
    "child_returned": {"ended": True, "outcome": MISDIRECTED},
    "child_skipped": {"skipped": True},
    "child_given_up": {"skipped": True},
    "child_recalled": {},
}
