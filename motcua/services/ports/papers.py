"""Papers as the services see them: forms, drafts, signatures, the press that sets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

PAPER_NOTICES = (
    "apology",
    "apology_draft",
    "intake_refusal",
    "receipt",
    "refusal",
    "stop_notice",
    "supplement_request",
)
"""The notices that owe the applicant a paper."""


@dataclass(frozen=True, slots=True)
class Signers:
    """Positions whose holders sign a paper.

    Attributes:
        anywhere: Held in any agency of the dossier; else in that of the paper.
        accepted: Whether for papers drafted after acceptance, or before it; None for both.
    """

    positions: tuple[str, ...]
    anywhere: bool
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class FormSpec:
    """What the services must know of a form of a paper.

    Attributes:
        number: Its number in the circular.
        symbol: The letters of its series, as in `12/GTN-2026`.
        notices: The notices that owe it.
        signers: Who may sign it; where nobody is named, nobody.
        once: Whether a dossier gets it once at most, however many messages owe it.
        needs: What must be known before it can be signed.
        template_sha256: Digest of everything that decides how it looks.
    """

    form: str
    number: str
    symbol: str
    notices: tuple[str, ...]
    signers: tuple[Signers, ...]
    once: bool
    needs: tuple[str, ...]
    template_sha256: str

    def positions(self, accepted: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the positions that sign it, in the paper's agency and in any of the dossier, by the stage."""
        fit = [one for one in self.signers if one.accepted in (None, accepted)]
        own, anywhere = (
            tuple(dict.fromkeys(name for one in fit if one.anywhere is wide for name in one.positions))
            for wide in (False, True)
        )
        return own, anywhere


@dataclass(frozen=True, slots=True)
class Typeset:
    """A paper as it leaves the press."""

    html: bytes
    pdf: bytes


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A number taken by a paper; insert-only.

    Attributes:
        seq: The record that drafted it.
        cause: The message that owed it; None where a person asked for it.
        input: What it says, as plain values without personal data.
    """

    dossier_id: str
    form: str
    agency: str
    year: int
    number: int
    seq: int
    cause: str | None
    template_sha256: str
    input: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """A person signed a drafted paper; insert-only. `input` is what was signed, the digests are of its twins."""

    dossier_id: str
    form: str
    agency: str
    year: int
    number: int
    seq: int
    officer: str
    template_sha256: str
    engine: str
    html_sha256: str
    pdf_sha256: str
    input: Mapping[str, Any]
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of a dossier; signed or still a draft."""

    draft: PaperDraft
    signature: PaperSignature | None


@dataclass(frozen=True, slots=True)
class OwedPaper:
    """A message that owes a paper which nobody has drafted."""

    message: str
    code: str
    template: str
    at: datetime


class Typesetter(Protocol):
    """Sets papers from forms that people can read and change."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every form, in the order of the circular's numbers."""
        ...

    @property
    def engine(self) -> str:
        """What sets the PDF; with another version the bytes may differ."""
        ...

    def spec(self, form: str) -> FormSpec:
        """Return what a form asks for. Raises: DomainError when there is no such form."""
        ...

    def typeset(self, form: str, sheet: Mapping[str, Any]) -> Typeset:
        """Return both twins, always the same bytes for the same sheet. Raises: DomainError."""
        ...
