"""Who acts on a dossier."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in a position of an agency, the applicant, or the system.

    Attributes:
        person: Opaque id of the officer; None for all others.
        kind: `officer`, `applicant`, `system`, or `partner` for a partner system, which speaks for `agency`.
    """

    kind: str
    person: str | None = None
    agency: str | None = None
    position: str | None = None
    on_behalf: str | None = None


SYSTEM_ACTOR = Actor("system")


APPLICANT_ACTOR = Actor("applicant")
