"""Ratings of citizens as the services see them: insert-only, each with its record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.services.ports.values import NewRecord
from states.errors import DomainError, Kind


class RatedAlready(DomainError):
    """This was rated already, and a rating stays as it was given. Thank you."""

    kind = Kind.CONFLICT
    vi = "Đã có đánh giá cho lần này, và đánh giá đã gửi được giữ nguyên. Xin cảm ơn."


@dataclass(frozen=True, slots=True)
class RatingComment:
    """What a person wrote, kept apart so that it can be erased; `salt` is hex, its commitment is in the record."""

    salt: str
    value: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One judgement of a service; insert-only.

    Attributes:
        id: Opaque; the same one cannot be stored twice.
        dossier_id: None where a device at a counter asked without knowing the dossier.
        agency: Code of the agency that is judged: the lead of the dossier, or whose counter it is.
        way: `online`, `device` or `ballot`; a dossier is rated once by each.
        counter: Number of the counter, of a device.
        score: 1 (very dissatisfied) to 5 (very satisfied).
        officer: Who typed a paper ballot in.
        stream, seq: The record that says the same.
    """

    id: str
    dossier_id: str | None
    procedure: str | None
    agency: str
    way: str
    counter: int | None
    score: int
    officer: str | None
    stream: str
    seq: int
    at: datetime
    comment: RatingComment | None = None


@dataclass(frozen=True, slots=True)
class RatingCount:
    """How many ratings of a score an agency got for a procedure; None where no dossier was known."""

    agency: str
    procedure: str | None
    way: str
    score: int
    count: int


class KeepsRatings(Protocol):
    """The part of the store that keeps ratings."""

    def add_rating(self, rating: Rating, record: NewRecord) -> None:
        """Store a rating with its record. Raises: RatedAlready; Busy, when the number of the record is taken."""
        ...

    def ratings_of(self, dossier_id: str) -> list[Rating]:
        """Return the ratings of a dossier, oldest first."""
        ...

    def rating_counts(self, since: datetime, until: datetime) -> list[RatingCount]:
        """Count the ratings from *since* (inclusive) to *until* (exclusive), by agency, procedure, way and score."""
        ...
