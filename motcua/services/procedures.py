"""Try a procedure before it is published: play its scenarios, step through it, describe its data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.canonical import digest
from states.calendar import BusinessCalendar, CalendarDefinition
from states.directory import Directory
from states.dossier import Dossier
from states.errors import DomainError, InvalidTerm
from states.escalation import next_wake
from states.guards import FactSpec, FactType
from states.procedure import APPLICANT, CHANNELS, SYSTEM, Procedure
from states.sendable import enabled_transitions
from states.simulate import Trace, coverage, run_scenario
from states.simulated_opinions import step_on
from states.term import Term
from states.wire import to_wire
from states.world import World

ANSWERS_TO_HANDOFFS = ("accept_handoff", "return_handoff")
FactValue = bool | int | str
_LOCAL = "%Y-%m-%dT%H:%M"


class CalendarMissing(DomainError):
    """Procedure {procedure} keeps the calendar {calendar}, which is not there. Known: {known}."""

    vi = "Thủ tục {procedure} dùng lịch {calendar} chưa có. Hiện có: {known}."


class StepFailed(DomainError):
    """The step "{what}" at {at} is not possible: {reason}."""

    vi = "Không thể thực hiện «{what}» lúc {at}: {reason}."


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of a procedure's scenarios; `used` of `possible` transition alternatives were taken."""

    traces: tuple[Trace, ...]
    used: int
    possible: int
    unused: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether every scenario went as written."""
        return all(trace.ok for trace in self.traces)


def sketch_world(
    procedure: Procedure, calendars: Mapping[str, CalendarDefinition], directory: Directory
) -> World:
    """Return the world of a procedure as it stands in its files.

    Raises:
        CalendarMissing: The calendar that it keeps is not among *calendars*.
    """
    if procedure.calendar not in calendars:
        known = ", ".join(sorted(calendars)) or "-"
        raise CalendarMissing(procedure=procedure.code, calendar=procedure.calendar, known=known)
    return World(
        procedure=procedure,
        calendars={id: BusinessCalendar(definition) for id, definition in calendars.items()},
        directory=directory,
        cfg=digest(to_wire(procedure)),
        calendar_digests={id: digest(to_wire(definition)) for id, definition in calendars.items()},
        directory_digest=digest(to_wire(directory)),
    )


def rehearse(world: World, scenarios: Iterable[Mapping[str, Any]]) -> Rehearsal:
    """Play scenarios and say which transitions none of them took."""
    traces = tuple(run_scenario(world, scenario) for scenario in scenarios)
    used, possible, unused = coverage(world, traces)
    return Rehearsal(traces, used, possible, unused)


# Stepping


@dataclass(frozen=True, slots=True)
class Given:
    """What a designer gives with a step; what is None or missing is made up."""

    by: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    documents: Sequence[str] = ()
    term: Term | None = None


NOTHING = Given()


def first_facts(procedure: Procedure, names: Iterable[str] | None = None) -> dict[str, FactValue]:
    """Make up values that fit: true, 1, the first value of a list.

    Args:
        procedure: Declares the facts.
        names: Those wanted; None for the facts that must be there when a dossier is opened.
    """
    wanted = opening_facts(procedure) if names is None else names
    return {name: _first(procedure.fact_specs[name]) for name in wanted}


def opening_facts(procedure: Procedure) -> tuple[str, ...]:
    """Return the facts that no transition asks for, which must hence be there when a dossier is opened."""
    later = {name for transition in procedure.transitions for name in transition.inputs}
    return tuple(fact.id for fact in procedure.facts if fact.id not in later)


def _first(spec: FactSpec) -> FactValue:
    if spec.type is FactType.BOOLEAN:
        return True
    if spec.type is FactType.INTEGER:
        return 1
    return spec.values[0] if spec.values else "-"


def _amount(term: Term) -> int | str:
    return term.quarters // 4 if term.whole else str(term.quarters / 4)


@dataclass
class Session:
    """A dossier that a designer moves by hand, with a clock moved by hand.

    It is a scenario that grows: each step is added and the whole is played again, so what is seen here is
    what `motcua test` will see.

    Attributes:
        now: Where the clock stands, aware.
        steps: What was done so far, in the form of scenarios.yaml.
    """

    world: World
    now: datetime
    channel: str = CHANNELS[0]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    documents: Sequence[str] = ()
    steps: list[dict[str, Any]] = field(default_factory=list)
    trace: Trace = field(init=False)
    opened_at: str = field(init=False)

    def __post_init__(self) -> None:
        self.opened_at = self._local(self.now)
        self.trace = self._play(self.steps)
        if not self.trace.rows:
            raise StepFailed(what="open", at=self.opened_at, reason=_why(self.trace))

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        return self.trace.rows[-1].dossier

    @property
    def allowed(self) -> tuple[str, ...]:
        """What the chart allows now, guards aside; of an open handoff, to answer it."""
        answers = ANSWERS_TO_HANDOFFS if any(map(self.dossier.offered, self.dossier.states)) else ()
        return (*answers, *enabled_transitions(self.world, self.dossier))

    @property
    def scenario(self) -> dict[str, Any]:
        """The session so far, in the form of scenarios.yaml."""
        return {
            "id": "session",
            "title": {"vi": "Phiên mô phỏng", "en": "Simulation"},
            "opened_at": self.opened_at,
            "channel": self.channel,
            "facts": dict(self.facts),
            "documents": list(self.documents),
            "steps": list(self.steps),
        }

    def pass_time(self, until: datetime) -> None:
        """Move the clock on; what falls due meanwhile takes effect. An earlier instant changes nothing.

        Raises:
            CalendarHorizonError: It lies beyond the calendar.
        """
        if until > self.now:
            self._add({"at": self._local(until), "sweep": True})
            self.now = until

    def next_due(self) -> datetime | None:
        """Return when the clock has its next effect; None when nothing can fall due."""
        return next_wake(self.world, self.dossier)

    def act(self, what: str, given: Given = NOTHING) -> None:
        """Fire a transition or an extension, or answer a question; facts and reasons are made up where not given.

        Raises:
            StepFailed: The engine refuses; the session stays as it was.
            InvalidTerm: An extension without its length.
        """
        procedure = self.world.procedure
        if what in procedure.question:
            self._add(step_on(procedure, self._local(self.now), what, given.facts, given.by))
            return
        step: dict[str, Any] = {"at": self._local(self.now), "do": what, "reason": "-"}
        if what in procedure.extension:
            if given.term is None:
                raise InvalidTerm(
                    given="-",
                    reason=f"{what} needs its length, such as {what} +1wd",
                    reason_vi=f"{what} cần thời lượng, ví dụ {what} +1wd",
                )
            step["by"] = given.by or procedure.extension[what].role
            step["extension"] = {given.term.unit.value: _amount(given.term)}
        else:
            transition = procedure.transition.get(what)
            asked = () if transition is None else transition.inputs
            step["by"] = given.by or (self._receiver() if transition is None else transition.by[0])
            step["facts"] = {**first_facts(procedure, asked), **given.facts}
            step["documents"] = list(given.documents)
        if step["by"] not in {*procedure.role, APPLICANT, SYSTEM}:
            raise StepFailed(what=what, at=step["at"], reason=f"no role {step['by']}")
        self._add(step)

    def _receiver(self) -> str:
        """Return the role that an open handoff waits for, else the applicant."""
        waiting = (self.dossier.offered(state) for state in self.dossier.states)
        return next((passage.role for passage in waiting if passage is not None), APPLICANT)

    def _add(self, step: dict[str, Any]) -> None:
        trace = self._play([*self.steps, step])
        if trace.failures:
            raise StepFailed(what=step.get("do", "-"), at=step["at"], reason=_why(trace))
        self.steps.append(step)
        self.trace = trace

    def _play(self, steps: Sequence[Mapping[str, Any]]) -> Trace:
        return run_scenario(self.world, {**self.scenario, "steps": steps})

    def _local(self, at: datetime) -> str:
        return self.world.calendar.local(at).strftime(_LOCAL)


def _why(trace: Trace) -> str:
    return str(trace.failures[-1].actual).removesuffix(".")


# What comes with a new dossier
