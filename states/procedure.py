"""One compiled version of a procedure: what the designer wrote, resolved and frozen, with its transition table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from states import counting
from states.guards import FactSpec, FactType, Guard, parse_guard
from states.term import Term

APPLICANT = "applicant"
SYSTEM = "system"
ASSIGNEE = "assignee"


@dataclass(frozen=True, slots=True)
class Label:
    """What people read, in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A legal instrument that the file leans on; `verified` only after its text was read."""

    id: str
    instrument: str
    article: str | None
    title: str | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Cutoff:
    """Accepted strictly after this local minute of the day counts as accepted on the next working day."""

    after_minute: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A non-personal value that guards may read."""

    id: str
    label: Label
    type: FactType
    values: tuple[str, ...]


class Resolve(StrEnum):
    """How an abstract party finds its agency when a dossier is opened.

    `competent`: the agency named at intake; `parent`: the agency above it; `only`: the one agency of its kind.
    """

    COMPETENT = "competent"
    PARENT = "parent"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Party:
    """An abstract agency that takes part; bound to a real one when a dossier is opened."""

    id: str
    label: Label
    kind: str
    resolve: Resolve


class Assign(StrEnum):
    """Who gets the task when a state is entered."""

    POOL = "pool"
    LEAST_LOADED = "least_loaded"
    SAME_OFFICER = "same_officer"
    HEAD_ASSIGNS = "head_assigns"


@dataclass(frozen=True, slots=True)
class Role:
    """What an officer is in this procedure: a position in a party, and how tasks reach its holders."""

    id: str
    label: Label
    party: str
    position: str
    assign: Assign


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of the dossier; required always, or when a guard over facts holds."""

    id: str
    label: Label
    required: bool
    required_if: str | None
    copies: int | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in whole đồng; `amount` is None where it is not known."""

    id: str
    label: Label
    amount: int | None
    source: str
    verified: bool


class Effect(StrEnum):
    """What waiting for the applicant does to the clocks of the whole dossier."""

    PAUSE = "pause"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Suspension:
    """A legal cause that stops the clocks while a state lasts; `max_times` of None is unknown."""

    id: str
    cause: Label
    effect: Effect
    max_times: int | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """A new appointment with an apology letter.

    Attributes:
        role: Who signs it.
        clocks: The clocks of the whole dossier that it moves.
        max_times: How often, in the life of a dossier.
        max_each: The longest single extension; None is unknown, hence not limited.
        letter_before: How many days before the due day the letter must leave, at the latest; None: before the
            due instant.
    """

    id: str
    label: Label
    role: str
    clocks: tuple[str, ...]
    max_times: int
    max_each: Term | None
    letter_before: Term | None
    source: str
    verified: bool


class Side(StrEnum):
    """Where a rung stands relative to the due instant."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"


class RungAction(StrEnum):
    """What reaching a rung does, besides being recorded."""

    NOTIFY = "notify"
    DRAFT_APOLOGY = "draft_apology"
    REASSIGN = "reassign"
    OPEN_NONCONFORMITY = "open_nonconformity"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a rung reaches: `assignee`, or a position `at` the holder's agency, a party, `parent` or `province`."""

    position: str
    at: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder; recipients are tried in order until one resolves to a person.

    Attributes:
        offset: Working time before or after the due instant; None on the due instant itself.
        acknowledge: Working time within which a recipient must acknowledge; None when none is asked.
        unacknowledged: Whom the silence is escalated to.
    """

    id: str
    side: Side
    offset: Term | None
    actions: tuple[RungAction, ...]
    to: tuple[Recipient, ...]
    acknowledge: Term | None
    unacknowledged: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A named escalation ladder, its rungs in the order of their instants."""

    id: str
    label: Label
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A clock of the whole dossier: `legal` (what the law allows) or `committed` (what the agency promises)."""

    id: str
    label: Label
    term: Term | None
    starts: str
    stops: tuple[str, ...]
    ladder: str | None
    source: str
    verified: bool


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


@dataclass(frozen=True, slots=True)
class Entry:
    """What one event does in one configuration: the leaves after it, and those left and entered."""

    to: tuple[str, ...]
    exited: tuple[str, ...]
    entered: tuple[str, ...]


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure, complete: a published one never changes and its digest is its identity.

    Attributes:
        table: By configuration (active leaves joined with `|`), then by event (`transition#alternative`).
        initial: The configuration after opening.
        source_sha256: Digest of the YAML file it was compiled from.
    """

    schema_version: str
    code: str
    version: str
    name: Label
    field: Label
    result: Label
    effective_from: date
    effective_until: date | None
    calendar: str
    cutoff: Cutoff | None
    citations: tuple[Citation, ...]
    facts: tuple[Fact, ...]
    parties: tuple[Party, ...]
    roles: tuple[Role, ...]
    separation: tuple[tuple[str, ...], ...]
    documents: tuple[Document, ...]
    fees: tuple[Fee, ...]
    clocks: tuple[CaseClock, ...]
    suspensions: tuple[Suspension, ...]
    extensions: tuple[Extension, ...]
    ladders: tuple[Ladder, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    initial: tuple[str, ...]
    table: Mapping[str, Mapping[str, Entry]]
    source_sha256: str

    @cached_property
    def state(self) -> Mapping[str, State]:
        """States by id."""
        return {state.id: state for state in self.states}

    @cached_property
    def transition(self) -> Mapping[str, Transition]:
        """Transitions by id."""
        return {transition.id: transition for transition in self.transitions}

    @cached_property
    def role(self) -> Mapping[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    @cached_property
    def suspension(self) -> Mapping[str, Suspension]:
        """Suspensions by id."""
        return {suspension.id: suspension for suspension in self.suspensions}

    @cached_property
    def extension(self) -> Mapping[str, Extension]:
        """Extensions by id."""
        return {extension.id: extension for extension in self.extensions}

    @cached_property
    def ladder(self) -> Mapping[str, Ladder]:
        """Ladders by id."""
        return {ladder.id: ladder for ladder in self.ladders}

    @cached_property
    def cutoff_rule(self) -> counting.Cutoff | None:
        """The cut-off as the calendar arithmetic takes it."""
        return None if self.cutoff is None else counting.Cutoff(self.cutoff.after_minute)

    @cached_property
    def fact_specs(self) -> Mapping[str, FactSpec]:
        """What guards may read: the declared facts and those the platform keeps."""
        declared = {fact.id: FactSpec(fact.type, fact.values) for fact in self.facts}
        counts = {f"{item.id}_count": FactSpec(FactType.INTEGER, ()) for item in self.suspensions}
        return {**PLATFORM_FACTS, **counts, **declared}

    @cached_property
    def guards(self) -> Mapping[str, Guard]:
        """Every guard expression of this version, parsed."""
        texts = {transition.guard for transition in self.transitions}
        texts |= {
            alternative.when for transition in self.transitions for alternative in transition.alternatives
        }
        texts |= {document.required_if for document in self.documents}
        return {text: parse_guard(text, self.fact_specs) for text in texts if text is not None}


CHANNELS = ("counter", "postal", "online", "kiosk", "mobile")

PLATFORM_FACTS: Mapping[str, FactSpec] = {
    "channel": FactSpec(FactType.TEXT, CHANNELS),
    "docs_complete": FactSpec(FactType.BOOLEAN, ()),
    "fee_paid": FactSpec(FactType.BOOLEAN, ()),
    "extension_count": FactSpec(FactType.INTEGER, ()),
}
