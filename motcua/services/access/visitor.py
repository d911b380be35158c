"""A signed-in person, as pages and the rules of access see them."""

from dataclasses import dataclass

from audit.record import Auth
from states.commands import Actor

AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is calling, with the posts that they hold today.

    Attributes:
        person: Opaque id, as posts and records name officers.
        name: What pages call them.
        rooms: Rooms of the site that they may enter.
        agencies: Codes of the agencies in which they hold a post today.
        actor: Who acts, when they give a command.
        session: Id of their session.
        login: The account that they came by.
        duties: What they are beside any post: `auditor`, `designer`, `admin`.
        oversees: Codes of the agencies that they lead: they see the dossiers of those below too.
        auth: How they were identified, for the record.
        renews: Whether they came by a one-time password and must choose another one before anything else.
    """

    person: str
    name: str
    rooms: frozenset[str]
    agencies: tuple[str, ...]
    actor: Actor
    session: str
    login: str = ""
    duties: tuple[str, ...] = ()
    oversees: tuple[str, ...] = ()
    auth: Auth | None = None
    renews: bool = False
