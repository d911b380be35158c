"""What a search among dossiers is asked for, as far as columns can answer it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DossierQuery:
    """Which dossiers are wanted; None is any.

    Attributes:
        agency: Those that this agency, or one whose code begins with this one and a dot, leads.
        text: Those whose code holds this text.
        ended: Those that have ended, or that have not.
    """

    agency: str | None = None
    procedure: str | None = None
    text: str = ""
    ended: bool | None = None
