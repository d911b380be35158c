"""A management standard as data: its clauses, and which kinds of records evidence them."""

from collections.abc import Mapping
from dataclasses import dataclass

Label = Mapping[str, str]
"""A text by language, `vi` and `en`."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the standard.

    Attributes:
        elsewhere: Where its evidence lies if no record of the platform can be it.
        verified: Whether somebody read it in the standard itself.
    """

    id: str
    title: Label
    elsewhere: Label | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of evidence: records of a type, events of a kind, or such events in such records.

    Attributes:
        record: Type of the record; None for any.
        event: Kind of the event; None where the record counts as a whole.
        verified: Whether somebody competent confirmed that it evidences these clauses.
    """

    id: str
    label: Label
    record: str | None
    event: str | None
    clauses: tuple[str, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ClauseMap:
    """One edition of a standard, as a config file maps it.

    Attributes:
        causes: Codes of root causes that the register of nonconformities accepts, with their words.
        sha256: Digest of the file: which map an answer was given by.
    """

    edition: str
    standard: str
    clauses: tuple[Clause, ...]
    evidence: tuple[EvidenceKind, ...]
    causes: Mapping[str, Label]
    sha256: str

    def within(self, clause: str) -> tuple[Clause, ...]:
        """Return a clause and everything below it, in the order of the standard; empty when it is not listed."""
        return tuple(c for c in self.clauses if c.id == clause or c.id.startswith(f"{clause}."))
