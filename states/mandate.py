"""Acting by a mandate: the record says whose authority was used, and by which paper."""

from datetime import datetime

from states.commands import Actor, Command
from states.events import AuthorityUsed, Event, TransitionFired


def with_authority(command: Command, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """Return what a command does, with the authority that it was done by where that is not the actor's own."""
    actor: Actor | None = getattr(command, "actor", None)
    if actor is None or actor.mandate is None or not events:
        return events
    role = next((event.by for event in events if isinstance(event, TransitionFired)), None)
    used = AuthorityUsed(
        actor.person or "", actor.on_behalf or "", actor.mandate.id, actor.mandate.document, role, now
    )
    return (*events, used)
