"""A desk at which one dossier is driven through decide and evolve alone, and short ways to change its rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from builders import Raw, compiled, ladder_mapping, procedure_mapping
from office_time import at, local
from world import LEAD, START, actor_of, calendar, directory, restarting

from states import commands
from states.commands import APPLICANT_ACTOR, Actor, Command, FireTransition, OpenDossier
from states.directory import Directory, Post
from states.dossier import Dossier, fold
from states.events import Event, RungReached
from states.ladder_parsing import parse_ladder
from states.machine import decide
from states.opening import bind_parties
from states.procedure import Procedure
from states.term import parse_term
from states.world import World

GIVEN: Mapping[str, Mapping[str, bool]] = {"accept": {"fee_paid": True}, "answer": {"objects": False}}
LONG_AGO = date(2026, 1, 1)
APPRAISING = "step:appraising"


def with_moves(*moves: Raw, **changes: object) -> Procedure:
    """The default procedure with some transitions put in place of those of the same name, or added."""
    mapping = procedure_mapping(**changes)
    named = {given["id"] for given in moves}
    mapping["transitions"] = [t for t in mapping["transitions"] if t["id"] not in named] + list(moves)
    return compiled(mapping)


def with_roles(**assign: str) -> Procedure:
    """The default procedure in which tasks reach some roles by another rule."""
    mapping = procedure_mapping()
    for role in mapping["roles"]:
        role["assign"] = assign.get(role["id"], role["assign"])
    return compiled(mapping)


def laddered(*given: Raw) -> Procedure:
    """The default procedure with other rungs on its steps."""
    step = parse_ladder(ladder_mapping("step", rungs=list(given)))
    [_, case] = sorted(restarting().ladders, key=lambda ladder: ladder.id == "case@1")
    return replace(restarting(), ladders=(step, case))


def rules(procedure: Procedure | None = None, people: Directory | None = None, *off: date) -> World:
    """A world with the default procedure, everybody in their seat and no day off but the weekend."""
    calendars = {"vn-gov": calendar(*off)}
    return World(procedure or restarting(), calendars, people or directory(), "cfg", {"vn-gov": "c"}, "d")


def seated(*posts: tuple[str, str, str], without: tuple[str, ...] = ()) -> Directory:
    """The usual directory, some seats empty and some people in other seats besides."""
    usual = directory(*without)
    more = tuple(Post(*post, LONG_AGO, None) for post in posts)
    return replace(usual, posts=usual.posts + more)


@dataclass
class Desk:
    """One dossier, the rules it lives by, and what time it is."""

    world: World = field(default_factory=rules)
    now: datetime = START
    last: tuple[Event, ...] = ()
    log: list[Event] = field(default_factory=list)
    kept: Dossier | None = None

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        assert self.kept is not None
        return self.kept

    def open(self, actor: Actor = APPLICANT_ACTOR, **given: Any) -> "Desk":
        """Submit a dossier that is complete."""
        first = {"channel": "counter", "facts": {"kind": "repair"}, "documents": ("form",)}
        parties = bind_parties(self.world.procedure, self.world.directory, LEAD)
        return self.do(OpenDossier("H99.01-260302-0001", parties=parties, actor=actor, **{**first, **given}))

    def do(self, command: Command, by_person: bool = True) -> "Desk":
        """Decide a command and fold what happened."""
        self.last = decide(self.world, self.kept, command, self.now)
        self.log += self.last
        if self.last:
            self.kept = fold(self.kept, self.last, by_person)
        return self

    def fire(self, transition: str, actor: Actor | str | None, **given: Any) -> "Desk":
        """Fire a transition by an officer, or by the applicant; a reason is given unless told otherwise."""
        who = APPLICANT_ACTOR if actor is None else actor_of(actor) if isinstance(actor, str) else actor
        particulars = {"facts": GIVEN.get(transition, {}), "reasoned": True, **given}
        return self.do(FireTransition(transition, who, self.dossier.version, **particulars))

    def extend(self, term: str = "2 working_days", officer: str = "head", reasoned: bool = True) -> "Desk":
        """Apologise and promise a later day."""
        amount, _, unit = term.partition(" ")
        by, version = parse_term(unit, amount), self.dossier.version
        return self.do(commands.ExtendTerm("extend", by, actor_of(officer), version, reasoned))

    def claim(self, officer: str, task: str | None = None) -> "Desk":
        """Take a task, the first one unless told otherwise."""
        task = task or self.dossier.tasks[0].id
        return self.do(commands.ClaimTask(task, actor_of(officer), self.dossier.version))

    def release(self, officer: str) -> "Desk":
        """Give the first task back."""
        task = self.dossier.tasks[0].id
        return self.do(commands.ReleaseTask(task, actor_of(officer), self.dossier.version))

    def reassign(self, to: str, by: str = "head", task: str | None = None) -> "Desk":
        """Give a task to another officer, the first one unless told otherwise."""
        task = task or self.dossier.tasks[0].id
        return self.do(commands.ReassignTask(task, to, actor_of(by), self.dossier.version))

    def acknowledge(self, clock: str, rung: str, officer: str) -> "Desk":
        """Confirm that an escalation was seen."""
        return self.do(commands.AcknowledgeRung(clock, rung, actor_of(officer), self.dossier.version))

    def until(self, local: str) -> "Desk":
        """Let time pass up to a local instant, without anybody looking."""
        self.now = at(local)
        return self

    def sweep(self) -> list[Event]:
        """Let everything that is due take effect; returns what happened."""
        happened: list[Event] = []
        while self.do(commands.PassDeadline(), by_person=False).last:
            happened += self.last
        return happened

    def of(self, kind: type[Event]) -> list[Any]:
        """Everything of a kind that the last command did."""
        return [event for event in self.last if isinstance(event, kind)]


def accepted(world: World | None = None, at_local: str | None = None) -> Desk:
    """A desk with a dossier that was submitted and accepted at once."""
    desk = Desk(world or rules(), START if at_local is None else at(at_local))
    return desk.open().fire("accept", "counter")


def checking(world: World | None = None) -> Desk:
    """A desk with a dossier in the parallel checks."""
    return accepted(world).fire("appraise", "officer")


def signing(world: World | None = None) -> Desk:
    """A desk with a dossier that the leader must decide."""
    return checking(world).fire("visit", "officer").fire("answer", "firefighter")


def rungs(happened: Iterable[Event], name: str = APPRAISING) -> list[tuple[str, str]]:
    """The rungs of a clock that fired, with when they were due."""
    return [(e.rung, local(e.due_at)) for e in happened if isinstance(e, RungReached) and e.clock == name]


def names(happened: Iterable[Event], clock_id: str = APPRAISING) -> list[str]:
    """The rungs of a clock that fired."""
    return [rung for rung, _ in rungs(happened, clock_id)]
