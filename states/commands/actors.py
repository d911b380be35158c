"""Who acts on a dossier."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mandate:
    """The paper by which a person acts with the authority of another; `document` is its number."""

    id: str
    document: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in a position of an agency, the applicant, or the system.

    Attributes:
        person: Opaque id of the officer; None for all others.
        kind: `officer`, `applicant`, `system`, or `partner` for a partner system, which speaks for `agency`.
        on_behalf: Whose authority they use: that of an officer, by a mandate; of a partner, its name.
        mandate: By which paper an officer uses another's authority; without one they have only their own.
    """

    kind: str
    person: str | None = None
    agency: str | None = None
    position: str | None = None
    on_behalf: str | None = None
    mandate: Mandate | None = None

    @property
    def authority(self) -> str | None:
        """The person whose posts count: the actor, or who gave the mandate."""
        return self.person if self.mandate is None else self.on_behalf


SYSTEM_ACTOR = Actor("system")


APPLICANT_ACTOR = Actor("applicant")
