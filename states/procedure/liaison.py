"""What binds agencies together: custody that goes over by a handoff, and opinions that are asked for."""

from dataclasses import dataclass
from enum import StrEnum

from states.procedure.law import Label
from states.term import Term


class Via(StrEnum):
    """How a dossier travels from hand to hand: as data within a system, or on paper by the public post."""

    DATA = "data"
    POST = "post"


HANDOFF_ACTS = frozenset(
    {"accept_handoff", "acknowledge_handoff", "deliver_handoff", "dispatch_handoff", "return_handoff"}
)
"""What can be done to a handoff, as scenarios name it."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """Custody goes over to the agency that holds a state once it accepts; until then the sender keeps it.

    Attributes:
        acknowledge: Allowance from the offer until the receiver says that it has it.
        accept: Allowance from then until the receiver accepts or returns it.
        ladder: What hangs on both allowances.
        returns: The transition that a return fires; None where it cannot be returned.
        documents: The papers that go along; empty for all of them.
    """

    via: Via
    acknowledge: Term | None
    accept: Term | None
    ladder: str | None
    returns: str | None
    documents: tuple[str, ...]
    source: str
    verified: bool


ANSWERS = ("agree", "object", "other")
"""What a consulted body can answer; `other` is neither a yes nor a no."""
OUTCOMES = ("consent", "objection", "incomplete")
"""What can come of a consultation."""


class Silence(StrEnum):
    """What the law of a procedure makes of an opinion that does not come in time."""

    NOTHING = "nothing"
    CONSENT = "consent"
    OBJECTION = "objection"


class Order(StrEnum):
    """Whether questions are asked at once or one after another."""

    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"


@dataclass(frozen=True, slots=True)
class Question:
    """What one body is asked.

    Attributes:
        role: Who answers, in the party of the role.
        ask_if: A guard; the question is not put where it does not hold. None: always put.
        documents: The papers that the question needs; no others are shared.
        facts: The facts that the question needs; no others are shared.
        mandatory: Whether the consultation waits for it whatever the quorum.
    """

    id: str
    label: Label
    role: str
    ask_if: str | None
    documents: tuple[str, ...]
    facts: tuple[str, ...]
    term: Term | None
    ladder: str | None
    mandatory: bool
    silence: Silence
    silence_source: str | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Consultation:
    """Opinions asked of other bodies while a state lasts.

    Attributes:
        quorum: How many opinions are enough once all mandatory ones are there; None for all.
        then: The transition that the system fires when enough is known.
    """

    id: str
    label: Label
    order: Order
    questions: tuple[Question, ...]
    quorum: int | None
    then: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What one agency is given for all of its steps that follow on each other.

    Attributes:
        party: Whose steps they are.
        budget: From entering the first of its states, of a handoff from its acceptance, to leaving the last.
    """

    id: str
    label: Label
    party: str
    budget: Term | None
    ladder: str | None
    source: str
    verified: bool
