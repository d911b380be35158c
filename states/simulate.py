"""Play a scenario through decide and evolve, with time given by the script, and compare with what it expects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from states.commands import (
    APPLICANT_ACTOR,
    SYSTEM_ACTOR,
    Actor,
    Command,
    ExtendTerm,
    FireTransition,
    HearChild,
    OpenDossier,
    PassDeadline,
)
from states.directory import Post
from states.dossier import Dossier, fold
from states.errors import DomainError
from states.events import Event, TaskReassigned, TransitionFired
from states.expecting import actual
from states.handoff_steps import handoff_command
from states.kin import Kin
from states.machine import decide
from states.opening import bind_parties
from states.procedure import APPLICANT, SYSTEM, Assign, Resolve
from states.simulated_opinions import on_question, seen_in, to_see
from states.term import parse_term
from states.world import World

EFFECTS_AT_ONCE = 500
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a trace: what happened at an instant, and where the dossier stood after it."""

    at: datetime
    what: str
    dossier: Dossier
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a scenario's expectation and the engine disagree; `step` 0 is the opening, -1 the end."""

    step: int
    what: str
    expected: object
    actual: object


@dataclass(slots=True)
class Trace:
    """What came of a scenario.

    Attributes:
        fired: What was used, for coverage: alternatives of transitions, answers and silences of questions.
    """

    scenario: str
    rows: list[Row] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    fired: set[str] = field(default_factory=set)

    @property
    def ok(self) -> bool:
        """Whether every expectation held."""
        return not self.failures


def run_scenario(world: World, scenario: Raw) -> Trace:
    """Play one scenario (schema-clean, times in the calendar's local time) in a world.

    Everything that falls due before a step takes effect first. An officer is invented for each role, and gets the
    tasks that a head must assign.
    """
    trace = Trace(scenario["id"])
    world, parties = _staffed(world)
    now = _instant(world, scenario["opened_at"])
    command = OpenDossier(
        f"{scenario['id']}-0001",
        scenario["channel"],
        parties,
        APPLICANT_ACTOR,
        facts=scenario.get("facts") or {},
        documents=tuple(scenario.get("documents") or ()),
        parent=Kin(f"{scenario['id']}-0000", "routed", again=True) if scenario.get("routed") else None,
    )
    try:
        events = decide(world, None, command, now)
    except DomainError as error:
        trace.failures.append(Failure(0, "opened", "opened", error.message("en")))
        return trace
    dossier = fold(None, events, by_person=True)
    trace.rows.append(Row(now, "open", dossier, events))
    for number, step in enumerate(scenario["steps"], 1):
        dossier = _play(world, trace, dossier, number, step)
    _compare(trace, world, dossier, -1, scenario.get("ends") or {}, ())
    return trace


def _play(world: World, trace: Trace, dossier: Dossier, number: int, step: Raw) -> Dossier:
    now = _instant(world, step["at"])
    events: tuple[Event, ...] = ()
    refused = None
    try:
        dossier, events = _catch_up(world, trace, dossier, now)
        if what := step.get("do") or step.get("component"):
            dossier = _handed_out(world, dossier, now)
            command = _command(world, dossier, step)
            done = decide(world, dossier, command, now)
            dossier = fold(dossier, done, by_person=not step.get("component"))
            events += done
            trace.rows.append(Row(now, what, dossier, done))
            _mark(trace, done)
    except DomainError as error:
        refused = error
    actual = None if refused is None else refused.code
    if actual != step.get("refused"):
        told = actual if refused is None else f"{actual}: {refused.message('en')}"
        trace.failures.append(Failure(number, "refused", step.get("refused"), told))
    _compare(trace, world, dossier, number, step.get("expect") or {}, events)
    return dossier


def _handed_out(world: World, dossier: Dossier, now: datetime) -> Dossier:
    """Give what a head must assign to the officer invented for it; a scenario has no step for that."""
    waiting = (task for task in dossier.tasks if task.assignee is None)
    given = [
        TaskReassigned(task.id, _officer(task.role), SYSTEM, now)
        for task in waiting
        if world.procedure.role[task.role].assign is Assign.HEAD_ASSIGNS
    ]
    return fold(dossier, given, by_person=False)


def _catch_up(
    world: World, trace: Trace, dossier: Dossier, now: datetime
) -> tuple[Dossier, tuple[Event, ...]]:
    """Let what fell due take effect, as the sweep would; bounded, because a bad ladder must not hang the designer."""
    happened: tuple[Event, ...] = ()
    for _ in range(EFFECTS_AT_ONCE):
        events = decide(world, dossier, PassDeadline(), now)
        if not events:
            break
        dossier = fold(dossier, events, by_person=False)
        trace.rows.append(Row(now, "clock", dossier, events))
        _mark(trace, events)
        happened += events
    return dossier, happened


def _mark(trace: Trace, events: Iterable[Event]) -> None:
    for event in events:
        if isinstance(event, TransitionFired):
            trace.fired.add(f"{event.transition}#{event.alternative}")
        elif (seen := seen_in(event)) is not None:
            trace.fired.add(seen)


def _command(world: World, dossier: Dossier, step: Raw) -> Command:
    if name := step.get("component"):
        attempt = dossier.children[name].attempt if name in dossier.children else 1
        code = f"{name}-{attempt:04d}"
        return HearChild(name, code, step.get("outcome"), step.get("ended", False), f"{name}:news")
    actor, reasoned = _actor(world, dossier, step["by"]), step.get("reason") is not None
    if step.get("question"):
        return on_question(dossier, step, actor, reasoned)
    handing = handoff_command(world.procedure, dossier, actor, step)
    if handing is not None:
        return handing
    if step.get("extension"):
        [(unit, amount)] = step["extension"].items()
        return ExtendTerm(step["do"], parse_term(unit, str(amount)), actor, dossier.version, reasoned)
    return FireTransition(
        step["do"],
        actor,
        dossier.version,
        facts=step.get("facts") or {},
        documents=tuple(step.get("documents") or ()),
        reasoned=reasoned,
    )


def _staffed(world: World) -> tuple[World, dict[str, str]]:
    """Put an invented officer into every role of the procedure, at the first agency that can be competent."""
    competent, received = (_first(world, resolve) for resolve in (Resolve.COMPETENT, Resolve.RECEIVING))
    lead = competent or received or world.directory.province
    parties = bind_parties(world.procedure, world.directory, lead, received)
    posts = tuple(
        Post(_officer(role.id), parties[role.party], role.position, date.min, None)
        for role in world.procedure.roles
    )
    return replace(world, directory=replace(world.directory, posts=world.directory.posts + posts)), parties


def _first(world: World, resolve: Resolve) -> str | None:
    """Return the first agency that a party found so can be; its kind where there is none, for the error to name."""
    kind = next((party.kind for party in world.procedure.parties if party.resolve is resolve), None)
    agencies = () if kind is None else world.directory.of_kind(kind)
    return agencies[0].code if agencies else kind


def _officer(role: str) -> str:
    return f"scenario.{role}"


def _actor(world: World, dossier: Dossier, role_id: str) -> Actor:
    if role_id == APPLICANT:
        return APPLICANT_ACTOR
    if role_id == SYSTEM:
        return SYSTEM_ACTOR
    role = world.procedure.role[role_id]
    return Actor("officer", _officer(role_id), dossier.parties[role.party], role.position)


def _instant(world: World, text: str) -> datetime:
    local = datetime.fromisoformat(text)
    return local.replace(tzinfo=world.calendar.zone).astimezone(UTC)


def _compare(
    trace: Trace, world: World, dossier: Dossier, number: int, expect: Raw, events: Iterable[Event]
) -> None:
    for key, expected in expect.items():
        if expected is None:
            continue
        found = actual(world, dossier, key, expected, tuple(events))
        if found != expected:
            trace.failures.append(Failure(number, key, expected, found))


def coverage(world: World, traces: Iterable[Trace]) -> tuple[int, int, tuple[str, ...]]:
    """Return how many alternatives of transitions, and answers and silences of questions, were used, and what was not.

    Returns:
        Used, possible, and by name what no scenario used.
    """
    possible = {event for row in world.procedure.table.values() for event in row} | to_see(world.procedure)
    used = {event for trace in traces for event in trace.fired}
    return len(possible & used), len(possible), tuple(sorted(possible - used))
