"""The chart as written: states, transitions, and the entries of the compiled table."""

from dataclasses import dataclass
from enum import StrEnum

from states.procedure.law import Label
from states.procedure.liaison import Handoff
from states.term import Term


@dataclass(frozen=True, slots=True)
class StepClock:
    """The budget of one state; `on_due` is the transition the system fires when it runs out."""

    budget: Term | None
    ladder: str | None
    on_due: str | None
    source: str
    verified: bool


class StateKind(StrEnum):
    """The shape of a state in the chart."""

    ATOMIC = "atomic"
    COMPOUND = "compound"
    PARALLEL = "parallel"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class State:
    """One state of the chart; compound and parallel ones list their children by `parent`.

    Attributes:
        parent: The enclosing compound or parallel state; None at the top.
        initial: The child entered first, of a compound state.
        done: Where the chart goes when a compound or parallel state has finished; None inside a parallel block.
        public: The national status code 1 to 10 while this state is active; None inherits from the parent.
        holder: The role, `applicant` or `system` that must act; None for compound and parallel states.
        no_clock: Why no clock runs here, where none does.
        suspends: The suspension that lasts as long as this state.
        outcome: How the dossier ends or was decided, on entering.
        handoff: How custody goes over to the agency of `holder`; None where it is there already.
        consultation: The consultation that runs while this state is active.
        stage: The stage of its holder's agency that it belongs to.
        gathers: The transition that the system fires when all components of the group are decided; they are
            opened while this state is active.
        awaits: The components that must be decided for that; empty for all of them.
    """

    id: str
    label: Label
    kind: StateKind
    parent: str | None
    initial: str | None
    done: str | None
    public: int | None
    holder: str | None
    clock: StepClock | None
    no_clock: Label | None
    suspends: str | None
    outcome: str | None
    handoff: Handoff | None = None
    consultation: str | None = None
    stage: str | None = None
    gathers: str | None = None
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One target of a transition; `when` is None for the only one or the `otherwise`."""

    when: str | None
    to: str


@dataclass(frozen=True, slots=True)
class Transition:
    """What somebody can do in its source states.

    Attributes:
        sources: States (atomic or enclosing) in which it is possible.
        alternatives: Tried in order; the last has no condition.
        by: Roles, `applicant` or `system`.
        guard: Must hold, or the transition is refused.
        inputs: Facts that must be given with it.
        reason: Whether a reason (personal data until proved otherwise) must be given.
        emits: Notices and papers to send, by template id.
        recalls: Whether the open components are asked to end without a decision.
    """

    id: str
    label: Label
    sources: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    by: tuple[str, ...]
    guard: str | None
    inputs: tuple[str, ...]
    reason: bool
    emits: tuple[str, ...]
    recalls: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What one event does in one configuration: the leaves after it, and those left and entered."""

    to: tuple[str, ...]
    exited: tuple[str, ...]
    entered: tuple[str, ...]
