"""A mass order as data: who signed it, what it does to which clocks, and which dossiers it is about."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from states.errors import DomainError, Kind
from states.procedure import Label
from states.term import Term


class OrderRefused(DomainError):
    """Dossier {code}: the order {order} cannot be applied: {reason}. See "motcua order show {order}"."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: chưa áp dụng được lệnh {order}: {reason_vi}. Xem «motcua order show {order}»."


class OrderKind(StrEnum):
    """What an order does: hold clocks, give them more time, or take an earlier order back."""

    SUSPEND = "suspend"
    EXTEND = "extend"
    REVERSE = "reverse"


class Past(StrEnum):
    """What a reversal does to the extension, and to the time given back, that the order brought: stay, or go too."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Instrument:
    """The signed paper behind an order; `verified` only after its text was read."""

    number: str
    signed: date
    signer: str
    basis: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant, inclusive, to another, exclusive; None is no bound."""

    since: datetime | None = None
    before: datetime | None = None

    @property
    def bounded(self) -> bool:
        """Whether it leaves anything out."""
        return self.since is not None or self.before is not None

    def holds(self, at: datetime | None) -> bool:
        """Tell whether *at* lies within; what has no instant lies within nothing that is bounded."""
        if at is None:
            return not self.bounded
        return (self.since is None or self.since <= at) and (self.before is None or at < self.before)


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which dossiers; an empty list leaves nothing out.

    Attributes:
        agencies: Lead agencies, by code.
        below: Whether the agencies below them count too.
    """

    agencies: tuple[str, ...] = ()
    below: bool = True
    procedures: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    public: tuple[int, ...] = ()
    opened: Span = field(default_factory=Span)
    accepted: Span = field(default_factory=Span)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the applicant is told of an order: the number and the signer of its paper, and why it was signed."""

    number: str
    signer: str
    cause: Label


@dataclass(frozen=True, slots=True)
class Order:
    """One signed order; its canonical text is its identity, by SHA-256.

    Attributes:
        since: When it takes effect, in whole minutes; a suspension may have begun before it was signed.
        until: Of a suspension: its end, not included; None: until it is reversed.
        term: What an extension adds.
        clocks: `legal`, `committed`, `steps`.
        later: Whether it reaches dossiers that are opened after it took effect.
        reverses: Of a reversal: the id of the order that it takes back.
        tell: Whether each applicant is told; an order that was stored before it could say so told nobody.
    """

    id: str
    kind: OrderKind
    instrument: Instrument
    cause: Label
    since: datetime
    until: datetime | None
    term: Term | None
    clocks: tuple[str, ...]
    later: bool
    filter: OrderFilter
    reverses: str | None
    past: Past | None
    tell: bool = False

    @property
    def announcement(self) -> Announcement | None:
        """What each applicant is told; None where nobody is."""
        paper = self.instrument
        return Announcement(paper.number, paper.signer, self.cause) if self.tell else None

    @property
    def basis(self) -> str:
        """How a ledger and a record name what the order rests on."""
        return f"{self.instrument.number} ({self.instrument.basis})"


# What it asks of one dossier


@dataclass(frozen=True, slots=True)
class ApplyOrder:
    """Let an approved mass order take effect on the dossier; all that it says of clocks is here.

    Attributes:
        digest: SHA-256 of the order's text.
        action: `suspend` or `extend`.
        during_order: Rungs that fired since it took effect, as `clock/epoch/rung`; the service looked them up.
        notice: What the applicant is told; None: nothing.
    """

    kind: ClassVar[str] = "apply_order"
    order: str
    digest: str
    action: str
    clocks: tuple[str, ...]
    since: datetime
    until: datetime | None
    term: Term | None
    basis: str
    during_order: tuple[str, ...] = ()
    notice: Announcement | None = None


@dataclass(frozen=True, slots=True)
class ReverseOrder:
    """Take a mass order back, by another one (`reversal`, with its `digest`), from `since` on.

    Attributes:
        past: `withdrawn` where what the order gave goes too, or `stands`.
        notice: What the applicant is told; None: nothing, as where the order was not told either.
    """

    kind: ClassVar[str] = "reverse_order"
    order: str
    reversal: str
    digest: str
    since: datetime
    past: str
    basis: str
    notice: Announcement | None = None
