"""What a holder can do in a state of the chart, and which of it leads where the dossier is heading."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from motcua.services.demonstrating.plan import papers_of
from motcua.services.demonstrating.temper import GRANTED, STOPPED, WITHDRAWN, Temper
from states.dossier import Dossier
from states.gathering import open_children
from states.guards import FactSpec, FactType
from states.procedure import APPLICANT, SYSTEM, Entry, Procedure, StateKind, Transition
from states.world import World

EARLY_ENDS = frozenset({WITHDRAWN, STOPPED})
Facts = Mapping[str, bool | int | str]


@dataclass(frozen=True, slots=True)
class Move:
    """A transition that would be accepted now, with what must come with it, and where it leads."""

    transition: Transition
    facts: Facts
    papers: tuple[str, ...]
    entry: Entry


class Chart:
    """The chart of one procedure, as those who walk it know it."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.reaches = cache(self._reaches)

    def _reaches(self, outcome: str) -> frozenset[str]:
        """Return the configurations from which *outcome* can still be reached, guards aside."""
        before: dict[str, set[str]] = {}
        for source, events in self.procedure.table.items():
            for entry in events.values():
                before.setdefault("|".join(entry.to), set()).add(source)
        goals = [
            name for name in {*before, *self.procedure.table} if self._outcome(name.split("|")) == outcome
        ]
        found, queue = set(goals), deque(goals)
        while queue:
            for source in before.get(queue.popleft(), ()):
                if source not in found:
                    found.add(source)
                    queue.append(source)
        return frozenset(found)

    def _outcome(self, leaves: Iterable[str]) -> str | None:
        return next((o for leaf in leaves if (o := self.procedure.state[leaf].outcome)), None)

    def next_move(
        self, dossier: Dossier, leaf: str, role: str, temper: Temper, seen: frozenset[str], dice: Random
    ) -> Move | None:
        """Choose what the holder of *leaf* does; None when nothing is possible."""
        moves = [m for m in self.moves(dossier, leaf, role, temper, dice) if not self._ends_early(m)]
        if temper.supplement and role != APPLICANT:
            for move in moves:
                if self._suspends(move) and "|".join(move.entry.to) not in seen:
                    return move
        goal = self.reaches(temper.outcome)
        ahead = [m for m in moves if (to := "|".join(m.entry.to)) in goal and to not in seen]
        forward = [m for m in ahead if not self._waits(m)]
        choice = forward or [m for m in ahead if not self._suspends(m)] or moves
        return dice.choice(choice) if choice else None

    def leaving_move(self, dossier: Dossier, leaf: str, outcome: str) -> tuple[Move, str] | None:
        """Return the transition that ends the dossier early with *outcome*, and the role that may take it."""
        for transition, entry in self._enabled(dossier, leaf):
            if self._outcome(entry.to) == outcome and not transition.inputs:
                return Move(transition, {}, (), entry), transition.by[0]
        return None

    def moves(self, dossier: Dossier, leaf: str, role: str, temper: Temper, dice: Random) -> list[Move]:
        """Return what *role* can do in *leaf* with the facts that fit where the dossier is heading."""
        found = []
        for transition, _ in self._enabled(dossier, leaf):
            if role in transition.by and transition.alternatives:
                facts = {name: self._fact(name, temper, dice) for name in transition.inputs}
                papers = self._missing(dossier) if role == APPLICANT else ()
                entry = self._taken(dossier, transition, facts)
                if entry is not None:
                    found.append(Move(transition, facts, papers, entry))
        return found

    def _enabled(self, dossier: Dossier, leaf: str) -> Iterator[tuple[Transition, Entry]]:
        events = self.procedure.table.get(dossier.configuration, {})
        for transition in self.procedure.transitions:
            if transition.id in self.procedure.ways_back | self.procedure.misdirecting:
                continue
            entry = events.get(f"{transition.id}#0")
            own = transition.by != (SYSTEM,) and not transition.recalls
            if entry is not None and own and leaf in entry.exited and self._possible(dossier, entry):
                yield transition, entry

    def _possible(self, dossier: Dossier, entry: Entry) -> bool:
        """Nobody suspends more often than the law allows, nor closes a group whose components are open."""
        states = [self.procedure.state[id] for id in entry.entered]
        if open_children(dossier) and any(state.kind is StateKind.FINAL for state in states):
            return False
        causes = [self.procedure.suspension[state.suspends] for state in states if state.suspends]
        return all(
            cause.max_times is None or int(dossier.facts.get(f"{cause.id}_count", 0)) < cause.max_times
            for cause in causes
        )

    def _taken(self, dossier: Dossier, transition: Transition, given: Facts) -> Entry | None:
        facts, guards = {**dossier.facts, **given}, self.procedure.guards
        if transition.guard is not None and not guards[transition.guard].evaluate(facts).ok:
            return None
        for number, alternative in enumerate(transition.alternatives):
            if alternative.when is None or guards[alternative.when].evaluate(facts).ok:
                return self.procedure.table[dossier.configuration][f"{transition.id}#{number}"]
        return None

    def _fact(self, name: str, temper: Temper, dice: Random) -> bool | int | str:
        """Facts found on the way agree with where the dossier is heading: the first value is the good one."""
        spec: FactSpec = self.procedure.fact_specs[name]
        good = temper.outcome == GRANTED or name == "fee_paid"
        if spec.type is FactType.BOOLEAN:
            return good
        if spec.type is FactType.INTEGER:
            return dice.randint(1, 5)
        return spec.values[0 if good else -1] if spec.values else "-"

    def _missing(self, dossier: Dossier) -> tuple[str, ...]:
        needed = papers_of(self.procedure, dossier.facts)
        return tuple(paper for paper in needed if paper not in dossier.documents)

    def _ends_early(self, move: Move) -> bool:
        return self._outcome(move.entry.to) in EARLY_ENDS

    def _suspends(self, move: Move) -> bool:
        return any(self.procedure.state[leaf].suspends for leaf in move.entry.entered)

    def _waits(self, move: Move) -> bool:
        return any(self.procedure.state[leaf].holder == APPLICANT for leaf in move.entry.entered)


def staff(world: World, dossier: Dossier, role: str, leaf: str | None = None) -> tuple[str, ...]:
    """Return who may act in *role* on the dossier: the task's officer, else those whom no separation bars."""
    for task in dossier.tasks:
        if leaf in (task.state, task.clock) and task.role == role and task.assignee is not None:
            return (task.assignee,)
    declared = world.procedure.role[role]
    day = world.calendar.local_date(dossier.opened_at)
    people = world.directory.holders(dossier.parties[declared.party], declared.position, day)
    barred = {
        person
        for group in world.procedure.separation
        if role in group
        for other in group
        if other != role
        for person in dossier.acted.get(other, ())
    }
    return tuple(person for person in people if person not in barred)
