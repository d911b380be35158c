"""The snapshot of one dossier: a cache of what its records say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from states.deadline import Clock
from states.dossier.rounds import Round
from states.events import Facts
from states.kin import Child, Filed, Kin, Places
from states.peer import Origin

STEP = "step:"
CONSULT = "consult:"
HANDOFF = "handoff:"
STAGE = "stage:"


def of_the_dossier(clock: str) -> bool:
    """Tell whether a clock belongs to the whole dossier, rather than to a step, a handoff or a question that passes."""
    return ":" not in clock


@dataclass(frozen=True, slots=True)
class Task:
    """What a position must do in a state; `assignee` is None while it lies in the pool.

    The id begins with the state or, where a consulted body must answer, with the clock of its question.
    """

    id: str
    state: str
    role: str
    position: str
    agency: str
    assignee: str | None
    created_at: datetime

    @property
    def clock(self) -> str:
        """The clock that runs for it: of its question, else of its state."""
        name = self.id.rpartition("#")[0]
        return name if name.startswith(CONSULT) else f"{STEP}{self.state}"


@dataclass(frozen=True, slots=True)
class Awaited:
    """A fired rung whose acknowledgement is still missing; its silence is escalated after `by`."""

    clock: str
    epoch: int
    rung: str
    by: datetime
    recipients: tuple[str, ...]
    position: str
    agency: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The last handoff of the dossier into one state, and how far it has come.

    Attributes:
        number: Counts the offers of this state.
        sender, receiver: Agency codes, or `applicant`.
        status: `offered`, `dispatched`, `delivered`, `acknowledged`, then `accepted`, `returned` or `cancelled`.
        officer: Who sent it, where a person did.
        answered_at: When the answer counts; of an acceptance elsewhere, when it was given there.
    """

    state: str
    number: int
    via: str
    sender: str
    receiver: str
    role: str
    status: str
    officer: str | None
    offered_at: datetime
    carrier: str | None = None
    receipt: str | None = None
    dispatched_at: datetime | None = None
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether the receiver has still to answer, and the sender has custody."""
        return self.status in OPEN

    @property
    def travelling(self) -> bool:
        """Whether a carrier has the papers."""
        return self.open and self.dispatched_at is not None and self.delivered_at is None


OPEN = frozenset({"offered", "dispatched", "delivered", "acknowledged"})


@dataclass(frozen=True, slots=True)
class UnderOrder:
    """What a mass order left on the dossier, for good: that it is here is what makes applying it again do nothing.

    Attributes:
        holds: Whether it suspends the clocks that it covers now.
        during_order: Rungs that fired since it took effect, before it was applied, as `clock/epoch/rung`.
        fired: Of an extension: by clock, what had fired in the epoch that it ended.
        reversed_by: Id of the order that took it back.
    """

    id: str
    digest: str
    action: str
    clocks: tuple[str, ...]
    since: datetime
    until: datetime | None
    basis: str
    holds: bool
    during_order: tuple[str, ...]
    fired: Mapping[str, tuple[str, ...]]
    reversed_by: str | None


@dataclass(frozen=True)  # no slots: see `states.dossier.revision`
class Dossier:
    """Everything a decision needs to know of one dossier, without personal data.

    Attributes:
        version: Raised by commands of people and partner systems only; what `--expect` compares.
        agency: The lead agency, which answers for the dossier.
        parties: Agency code by party of the procedure.
        states: Active leaves of the chart, in document order.
        facts: Declared and platform facts; guards read nothing else.
        clocks: By id; `legal` and `committed` for the whole dossier, `step:<state>` for an active state,
            `handoff:<state>` for one that was offered, `consult:<consultation>/<question>` for an open question.
        epochs: The last epoch of clocks of steps, handoffs and questions that have ended.
        officers: The last person who acted in each role.
        acted: Every person who ever acted in each role.
        consultations: The latest round of each that was held, by id.
        completed_at: When the result was first reached (the date that is compared with the appointment).
        parent: The dossier that this one is a component of.
        children: By component of the group.
        places: Where it came in, where that is not just the lead agency.
        handoffs: By state, the last handoff into it.
        orders: Mass orders that ever reached it, in the order in which they came.
        filed: How it was filed on the national portal; None for one that came another way.
        origin: The handoff of another installation that this one was opened for.
        delivery: How the applicant wants the result, `counter` or `post`; None while nothing was chosen.
    """

    code: str
    procedure: str
    cfg: str
    channel: str
    version: int
    agency: str
    parties: Mapping[str, str]
    states: tuple[str, ...]
    public: int
    facts: Facts
    documents: tuple[str, ...]
    clocks: Mapping[str, Clock]
    epochs: Mapping[str, int]
    tasks: tuple[Task, ...]
    awaited: tuple[Awaited, ...]
    officers: Mapping[str, str]
    acted: Mapping[str, tuple[str, ...]]
    tasks_created: int
    suspension: str | None
    nonconformities: tuple[str, ...]
    outcome: str | None
    ended: bool
    opened_at: datetime
    accepted_at: datetime | None
    completed_at: datetime | None
    parent: Kin | None = None
    children: Mapping[str, Child] = field(default_factory=dict)
    places: Places | None = None
    consultations: Mapping[str, Round] = field(default_factory=dict)
    handoffs: Mapping[str, Passage] = field(default_factory=dict)
    orders: tuple[UnderOrder, ...] = ()
    filed: Filed | None = None
    origin: Origin | None = None
    delivery: str | None = None

    @property
    def configuration(self) -> str:
        """The key of the active leaves in the transition table."""
        return "|".join(self.states)

    @property
    def goes_again(self) -> bool:
        """Whether another agency can be named for it: a dispatcher routed it here."""
        return self.parent is not None and self.parent.again

    def task(self, task_id: str) -> Task | None:
        """Return an open task by id."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def offered(self, state: str) -> Passage | None:
        """Return the handoff into a state that waits for its receiver's answer."""
        passage = self.handoffs.get(state)
        return passage if passage is not None and passage.open else None
