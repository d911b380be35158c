"""Who acts on a dossier."""

from dataclasses import dataclass

CLIENT = "client"
"""The kind of actor that a system of an agency is: it acts in one position there, under a name of its own."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """The paper by which a person acts with the authority of another; `document` is its number."""

    id: str
    document: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in a position of an agency, a system of an agency, the applicant, or the platform.

    Attributes:
        person: Opaque id of the officer, or the name of the client system; None for all others.
        kind: `officer`, `applicant`, `system`, `client` for a system that acts in `position` of `agency`, or
            `partner` for another installation, which speaks for `agency`.
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
