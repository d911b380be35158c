"""What the law and the agency lay down: sources, terms, papers, fees, waiting, apologies."""

from dataclasses import dataclass
from enum import StrEnum

from states.term import Term


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
        max_each: The longest single extension; None where the law names none: only the calendar's last year ends it.
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
