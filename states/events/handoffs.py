"""What happened to a handoff, and to the holder of a clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from states.peer import Origin, Receipt


@dataclass(frozen=True, slots=True)
class HandoffOffered:
    """A dossier was offered to whoever holds `state`; custody stays with the sender.

    `number` counts the offers of this state; `sender` and `receiver` are agency codes, or `applicant`; `officer` is
    the person who sent it, None where the system or the applicant did.
    """

    kind: ClassVar[str] = "handoff_offered"
    state: str
    number: int
    via: str
    sender: str
    receiver: str
    role: str
    officer: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoffDispatched:
    """A carrier took the papers, and gave a receipt for them."""

    kind: ClassVar[str] = "handoff_dispatched"
    state: str
    number: int
    carrier: str
    receipt: str
    officer: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoffDelivered:
    """The offer came to where the receiver can see it; `proof` is the message or the receipt that says so.

    `receipt` names the record of a receiver in another installation; so it does in the events below.
    """

    kind: ClassVar[str] = "handoff_delivered"
    state: str
    number: int
    proof: str
    at: datetime
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class HandoffAcknowledged:
    """The receiver said that it has the offer; it has not accepted it."""

    kind: ClassVar[str] = "handoff_acknowledged"
    state: str
    number: int
    officer: str | None
    at: datetime
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class HandoffAccepted:
    """The receiver accepted: custody is its own from `since`, or from `at` where that is None.

    `suspended` and `lifted` name a suspension that began or ended with custody. Where the receiver keeps records of its
    own, `since` is the instant of its acceptance there, never before the offer was delivered nor after `at`, when it
    was heard of; `beyond` are the microseconds by which its own clock (`receipt.at`) lay outside of that, negative when
    it was behind. `fired` marks the rungs that fired between `since` and `at`, as `clock/epoch/rung`: they stay fired.
    """

    kind: ClassVar[str] = "handoff_accepted"
    state: str
    number: int
    officer: str | None
    suspended: str | None
    lifted: str | None
    at: datetime
    receipt: Receipt | None = None
    since: datetime | None = None
    beyond: int = 0
    fired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoffReturned:
    """The receiver did not accept; custody never left the sender. The reason is personal data, hence elsewhere."""

    kind: ClassVar[str] = "handoff_returned"
    state: str
    number: int
    officer: str | None
    at: datetime
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class HandoffFinished:
    """Another installation is done with what it took over; its record says how, and the dossier goes on here."""

    kind: ClassVar[str] = "handoff_finished"
    state: str
    number: int
    receipt: Receipt
    at: datetime


@dataclass(frozen=True, slots=True)
class OriginNamed:
    """This dossier was opened for a handoff of another installation's."""

    kind: ClassVar[str] = "origin_named"
    origin: Origin
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoffCancelled:
    """The dossier moved on before the receiver answered, by the transition `cause`."""

    kind: ClassVar[str] = "handoff_cancelled"
    state: str
    number: int
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockPassed:
    """A clock that has not ended has another holder from this instant; nothing else about it changed."""

    kind: ClassVar[str] = "clock_passed"
    clock: str
    holder: str
    at: datetime
