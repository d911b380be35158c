"""What somebody asks of one dossier, and what the platform does to it by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from states.commands.actors import Actor
from states.events import Facts
from states.kin import Filed, Kin, Places
from states.peer import Origin, Receipt
from states.term import Term


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """Submit a dossier; `code` and `parties` were chosen by the service, `commitments` hide personal data."""

    kind: ClassVar[str] = "open"
    code: str
    channel: str
    parties: Mapping[str, str]
    actor: Actor
    facts: Facts = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    assignees: Mapping[str, str] = field(default_factory=dict)
    parent: Kin | None = None
    places: Places | None = None
    filed: Filed | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class FireTransition:
    """Move the dossier along one transition.

    Attributes:
        expected_version: The version the actor saw; compared before anything else.
        reasoned: Whether a reason was given (its text is personal data and stays outside).
        assignees: By state or question clock, the officer chosen by the service where the rule needs a look at the
            world.
    """

    kind: ClassVar[str] = "transition"
    transition: str
    actor: Actor
    expected_version: int
    facts: Facts = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    reasoned: bool = False
    assignees: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExtendTerm:
    """Apologise and set a new appointment, by a declared extension."""

    kind: ClassVar[str] = "extend"
    extension: str
    by: Term
    actor: Actor
    expected_version: int
    reasoned: bool = False


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take a task from the pool."""

    kind: ClassVar[str] = "claim"
    task: str
    actor: Actor
    expected_version: int


@dataclass(frozen=True, slots=True)
class ReleaseTask:
    """Give a task back to the pool."""

    kind: ClassVar[str] = "release"
    task: str
    actor: Actor
    expected_version: int


@dataclass(frozen=True, slots=True)
class ReassignTask:
    """Give a task to another officer; only the head of the agency or of the unit may."""

    kind: ClassVar[str] = "reassign"
    task: str
    officer: str
    actor: Actor
    expected_version: int


@dataclass(frozen=True, slots=True)
class AcknowledgeRung:
    """Confirm that an escalation was seen."""

    kind: ClassVar[str] = "acknowledge"
    clock: str
    rung: str
    actor: Actor
    expected_version: int


@dataclass(frozen=True, slots=True)
class PassDeadline:
    """Let the next due instant of the dossier take effect: one rung, one silence, or one clock that ran out."""

    kind: ClassVar[str] = "pass_deadline"


@dataclass(frozen=True, slots=True)
class RecomputeClocks:
    """Follow a changed calendar: derive every open due instant anew."""

    kind: ClassVar[str] = "recompute"
    calendar_digest: str


@dataclass(frozen=True, slots=True)
class RebindParties:
    """Follow a reorganisation: who took over takes the place of whom the dossier names.

    Attributes:
        change: Digest of the reviewed change.
        agencies: By former agency the one that answers now, for those only that this dossier names.
    """

    kind: ClassVar[str] = "rebind_parties"
    change: str
    agencies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ConfirmNotice:
    """A message left the outbox; `about` is the handoff that it offers, as `<state>#<number>`.

    Attributes:
        receipt: The record that another installation made of it.
    """

    kind: ClassVar[str] = "confirm_notice"
    message: str
    template: str
    channel: str
    about: str | None = None
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class OwePortal:
    """Owe the national portal the dossier as it stands once more; `because` is the difference that was found.

    Attributes:
        since: When its public status was reached, as its records say.
    """

    kind: ClassVar[str] = "owe_portal"
    because: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """Give a paper its number; the service chose it, and knows what the paper says.

    Attributes:
        cause: The message that owes the paper; None where a person asks for it.
    """

    kind: ClassVar[str] = "draft_paper"
    form: str
    agency: str
    year: int
    number: int
    template_sha256: str
    input_sha256: str
    cause: str | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class SignPaper:
    """Sign a drafted paper as it was set.

    Attributes:
        signers: Positions of the paper's agency that may.
        engine: What set the PDF.
        anywhere: Positions that may in any agency of the dossier. Records of before forms named their signers have
            neither: any officer of an agency of the dossier could sign.
    """

    kind: ClassVar[str] = "sign_paper"
    form: str
    agency: str
    year: int
    number: int
    signers: tuple[str, ...]
    template_sha256: str
    input_sha256: str
    engine: str
    html_sha256: str
    pdf_sha256: str
    actor: Actor
    anywhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigitiseDocument:
    """Note that a paper which was handed in is data now.

    Attributes:
        how: `scanned`, `reused`, or `store` where it comes from the applicant's own store.
        media: The media type of each file that comes with it; names and hashes are personal.
    """

    kind: ClassVar[str] = "digitise_document"
    document: str
    how: str
    media: tuple[str, ...]
    actor: Actor


@dataclass(frozen=True, slots=True)
class ChooseDelivery:
    """The applicant says how to get the result: `counter` or `post`; the address is personal."""

    kind: ClassVar[str] = "choose_delivery"
    way: str
    actor: Actor
