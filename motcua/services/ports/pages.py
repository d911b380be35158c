"""What pages remember of their visitors, and what lists that stay open are told, as the services see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter of the inbox that a person gave a name.

    Attributes:
        person: Whose it is; nobody else sees it.
        name: Theirs, unique for them.
        query: The part of the address behind the question mark.
    """

    person: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An open task with what decides in whose list it stands and where."""

    dossier_id: str
    code: str
    procedure: str
    public: int
    task: str
    agency: str
    position: str
    assignee: str | None
    urgency: str
    version: int
