"""What agencies and dossiers ask of each other: components, opinions, handoffs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from states.commands.actors import Actor
from states.events import Facts
from states.peer import Receipt


@dataclass(frozen=True, slots=True)
class MeetChild:
    """Take note of the code that the dossier of a component was given; `message` is what ordered it."""

    kind: ClassVar[str] = "meet_child"
    component: str
    dossier: str
    message: str


@dataclass(frozen=True, slots=True)
class GiveUpChild:
    """Go on without a component that cannot be opened, or name another agency for it; by the head, for a reason."""

    kind: ClassVar[str] = "give_up_child"
    component: str
    actor: Actor
    expected_version: int
    reasoned: bool = False


@dataclass(frozen=True, slots=True)
class HearChild:
    """Take note of what the dossier of a component says of itself by a message: decided, ended, or both."""

    kind: ClassVar[str] = "hear_child"
    component: str
    dossier: str
    outcome: str | None
    ended: bool
    message: str


@dataclass(frozen=True, slots=True)
class AnswerConsultation:
    """Answer a question that was put to the actor's agency; the version is not compared, others answer meanwhile.

    Attributes:
        answer: `agree`, `object` or `other`.
        documents: Papers that carry the reply.
        reasoned: Whether words came with it (they are personal data and stay outside).
        assignees: By state or question clock, the officer chosen for what follows.
        receipt: The record of the body, where it answers from an installation of its own.
    """

    kind: ClassVar[str] = "answer_consultation"
    consultation: str
    question: str
    answer: str
    actor: Actor
    documents: tuple[str, ...] = ()
    reasoned: bool = False
    assignees: Mapping[str, str] = field(default_factory=dict)
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class DispatchHandoff:
    """Say that a carrier took the papers; the receipt's number is no personal data."""

    kind: ClassVar[str] = "dispatch_handoff"
    state: str
    carrier: str
    receipt: str
    actor: Actor
    expected_version: int


@dataclass(frozen=True, slots=True)
class DeliverHandoff:
    """Confirm that the papers came to the receiver."""

    kind: ClassVar[str] = "deliver_handoff"
    state: str
    actor: Actor
    expected_version: int


@dataclass(frozen=True, slots=True)
class AcknowledgeHandoff:
    """Say that the receiver has what was offered; custody stays with the sender.

    Attributes:
        receipt: The record of the receiver, where it keeps its own.
    """

    kind: ClassVar[str] = "acknowledge_handoff"
    state: str
    actor: Actor
    expected_version: int
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class AcceptHandoff:
    """Take custody; `assignees` as in `FireTransition`, `receipt` as in `AcknowledgeHandoff`.

    Attributes:
        since: When the receiver took it in its own installation, as far as our records bear it out; None: now.
        fired: Rungs that fired here since then, as `clock/epoch/rung`; the service looked them up.
    """

    kind: ClassVar[str] = "accept_handoff"
    state: str
    actor: Actor
    expected_version: int
    assignees: Mapping[str, str] = field(default_factory=dict)
    receipt: Receipt | None = None
    since: datetime | None = None
    fired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnHandoff:
    """Give an offer back by the transition that the procedure declares; what comes with it as in `FireTransition`."""

    kind: ClassVar[str] = "return_handoff"
    state: str
    actor: Actor
    expected_version: int
    facts: Facts = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    reasoned: bool = False
    assignees: Mapping[str, str] = field(default_factory=dict)
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class FinishHandoff:
    """Go on with what another installation has decided on what it took over, by a transition of the state's holder."""

    kind: ClassVar[str] = "finish_handoff"
    state: str
    transition: str
    actor: Actor
    expected_version: int
    receipt: Receipt
    facts: Facts = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    reasoned: bool = False
    assignees: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassOverConsultation:
    """Go on without the answer to a question whose term ran out."""

    kind: ClassVar[str] = "pass_over_consultation"
    consultation: str
    question: str
    actor: Actor
    expected_version: int
    reasoned: bool = False
    assignees: Mapping[str, str] = field(default_factory=dict)
