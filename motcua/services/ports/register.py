"""The register of nonconformities as the services see it: each entry's steps, and what came again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class NonconformityText:
    """What a person wrote at a step, kept apart from the record, which holds a commitment to it; salt in hex."""

    salt: str
    value: str


@dataclass(frozen=True, slots=True)
class NonconformityStep:
    """A step from opening to closure of a nonconformity; insert-only.

    Attributes:
        nonconformity: Id of the entry.
        number: Of the step in its entry, from 1 without a gap.
        kind: What was done, as the record's event calls it.
        status: Of the entry after the step.
        officer: Who recorded it.
        facts: All else that the record says, as plain values without personal data.
        stream, seq: Its record.
        text: None where nothing was written, or where it was erased.
    """

    nonconformity: str
    number: int
    kind: str
    status: str
    officer: str
    facts: Mapping[str, Any]
    stream: str
    seq: int
    at: datetime
    text: NonconformityText | None = None


@dataclass(frozen=True, slots=True)
class Recurrences:
    """What the detecting query finds.

    Attributes:
        found: Ids of the nonconformities of this cause, oldest first.
        handled: Dossiers of the procedure and agency that had a record since, and not the same breach before:
            without any, finding nothing proves nothing.
    """

    found: tuple[str, ...]
    handled: int
