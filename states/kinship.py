"""A parent hears of its components: one has its code, was decided, has ended; it goes on where all are decided."""

from datetime import datetime

from states.commands import SYSTEM_ACTOR, FireTransition, HearChild, MeetChild
from states.dossier import Dossier, fold
from states.errors import DomainError, Kind
from states.events import ChildEnded, ChildOpened, ChildResulted, ChildReturned, Event
from states.firing import fire, gathered
from states.kin import MISDIRECTED, Child, ChildStatus
from states.world import World

NO_DECISION = "ended"
"""The outcome of a component that ended without saying how."""


class StrangeChild(DomainError):
    """Dossier {code} does not know {dossier} as its component "{component}". Verify the trail of both."""

    kind = Kind.UNSOUND
    vi = "Hồ sơ {code} không có hồ sơ thành phần «{component}» mang mã {dossier}. Hãy kiểm tra nhật ký của cả hai."


def meet_child(world: World, dossier: Dossier, command: MeetChild, now: datetime) -> tuple[Event, ...]:
    """Decide that a component has its code; nothing happens where that is known. Raises: StrangeChild."""
    child = _child(dossier, command)
    if command.dossier in child.former:
        return ()
    return () if child.dossier is not None else (ChildOpened(command.component, command.dossier, now),)


def hear_child(world: World, dossier: Dossier, command: HearChild, now: datetime) -> tuple[Event, ...]:
    """Decide what a component says of itself; what was heard before is not heard again.

    Raises:
        StrangeChild: It is no component of this dossier.
        DomainError: The dossier cannot go on; see `gathered`.
    """
    child, name = _child(dossier, command), command.component
    if command.dossier in child.former or child.returned:
        return ()
    if (way := _way_back(world, dossier, command)) is not None:
        return _given_back(world, dossier, command, way, now)
    events: list[Event] = []
    if child.dossier is None:
        events.append(ChildOpened(name, command.dossier, now))
    outcome = command.outcome or (NO_DECISION if command.ended else None)
    if outcome is not None and child.outcome is None:
        events.append(ChildResulted(name, command.dossier, outcome, now))
    if command.ended and child.status is not ChildStatus.ENDED:
        events.append(ChildEnded(name, command.dossier, now))
    if not events:
        return ()
    return (*events, *gathered(world, fold(dossier, events, by_person=False), now))


def _way_back(world: World, dossier: Dossier, command: HearChild) -> str | None:
    if command.outcome != MISDIRECTED or not command.ended:
        return None
    return way_back(world, dossier, command.component)


def way_back(world: World, dossier: Dossier, name: str) -> str | None:
    """Return the transition by which a group takes a component back, to name another agency, if it can now."""
    component = world.procedure.component.get(name)
    if component is None or component.returned is None:
        return None
    possible = f"{component.returned}#0" in world.procedure.table.get(dossier.configuration, {})
    return component.returned if possible else None


def _given_back(
    world: World, dossier: Dossier, command: HearChild, way: str, now: datetime
) -> tuple[Event, ...]:
    events: list[Event] = []
    if dossier.children[command.component].dossier is None:
        events.append(ChildOpened(command.component, command.dossier, now))
    events.append(ChildReturned(command.component, command.dossier, now))
    after = fold(dossier, events, by_person=False)
    return (*events, *fire(world, after, FireTransition(way, SYSTEM_ACTOR, after.version), now))


def _child(dossier: Dossier, command: MeetChild | HearChild) -> Child:
    child = dossier.children.get(command.component)
    known = child is not None and child.status is not ChildStatus.SKIPPED
    if child is None or not known or command.dossier not in (child.dossier or command.dossier, *child.former):
        raise StrangeChild(code=dossier.code, dossier=command.dossier, component=command.component)
    return child
