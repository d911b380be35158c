"""The dispatcher's queue: dossiers whose competent agency is not known, until somebody names it and it takes them in.

What the agency that was named gives back as not its own is in the queue again, with the reason and a clock of its own.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from audit.record import Auth
from motcua.services.appointments import appointment
from motcua.services.enacting import Request, enact
from motcua.services.installation import Installation
from motcua.services.kinship import REASON
from motcua.services.opening import version_in_force
from motcua.services.ports import Stored
from states.commands import Actor, FireTransition
from states.dossier import Dossier
from states.errors import DomainError, Kind
from states.gathering import gathering
from states.kin import Child
from states.opening import bind_parties
from states.procedure import Component, Procedure
from states.world import World

MOST = 10_000


class NotWaiting(DomainError):
    """Dossier {code} does not wait for a dispatcher. Look at the list of those that do."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code} không chờ điều phối. Hãy xem danh sách hồ sơ chờ điều phối."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier that waits for a dispatcher: what it asks for, where it came in, and by when it must be routed.

    Attributes:
        since: When it came into the queue, for the last time; local, like *due*.
        returned: Codes of the dossiers that agencies gave back as not theirs, the last one last.
        returned_by: The agency that did so last.
        reason: Its reason; personal data.
    """

    code: str
    procedure: str
    received: str
    since: datetime
    due: datetime | None
    version: int
    returned: tuple[str, ...] = ()
    returned_by: str | None = None
    reason: str | None = None


def queue(house: Installation) -> list[Waiting]:
    """Return the dossiers that wait for a dispatcher, the most urgent first."""
    if house.dispatch is None:
        return []
    rows = house.store.find_dossiers(procedure=house.dispatch, open_only=True, limit=MOST)
    found = (house.store.load(row.code) for row in rows)
    return [_waiting(house, stored) for stored in found if _unrouted(house, stored)]


def _unrouted(house: Installation, stored: Stored) -> bool:
    return gathering(house.worlds.procedure(stored.dossier.cfg), stored.dossier) is None


def _waiting(house: Installation, stored: Stored) -> Waiting:
    dossier, world = stored.dossier, house.worlds.of(stored.dossier.cfg)
    component, due = _component(world.procedure, dossier.code), appointment(stored.dossier)
    wanted, child = component.procedure_fact, dossier.children.get(component.id)
    received = dossier.agency if dossier.places is None else dossier.places.received
    return Waiting(
        dossier.code,
        str(dossier.facts[str(wanted)]),
        received,
        world.calendar.local(_since(dossier)),
        None if due is None else world.calendar.local(due),
        dossier.version,
        *_given_back(house, stored, child),
    )


def _since(dossier: Dossier) -> datetime:
    began = (task.created_at for task in dossier.tasks)
    return max(began, default=dossier.opened_at)


def _given_back(
    house: Installation, stored: Stored, child: Child | None
) -> tuple[tuple[str, ...], str | None, str | None]:
    """Return the dossiers that agencies gave back as not theirs, the last agency that was named, and why it was not."""
    if child is None or (child.dossier is None and not child.returned):
        return (), None, None
    told = [value for value in house.store.personal(stored.id) if value.field == REASON]
    reason = json.loads(told[-1].value) if told else None
    last = () if child.dossier is None else (child.dossier,)
    return (*child.former, *last), child.agency, reason


def _component(procedure: Procedure, code: str) -> Component:
    if procedure.told_component is None:
        raise NotWaiting(code=code)
    return procedure.told_component


def route(
    house: Installation, code: str, agency: str, actor: Actor, expected: int | None, auth: Auth | None = None
) -> Stored:
    """Name the competent agency: the real dossier is opened there, as a component of the one that waited.

    Raises:
        NotWaiting: It is no dossier of the dispatcher.
        AgencyNotFound, PartyUnbound: The agency cannot decide what the dossier asks for.
        DossierNotFound, StaleDossier, TransitionRefused, NotAuthorised, Busy: As of any transition.
    """

    def ask(world: World, stored: Stored, now: datetime) -> Request:
        component = _component(world.procedure, code)
        fact = str(component.agency_fact)
        _fits(house, stored, str(component.procedure_fact), agency, now)
        name = next(item.id for item in world.procedure.transitions if fact in item.inputs)
        seen = stored.dossier.version if expected is None else expected
        return Request(FireTransition(name, actor, seen, {fact: agency}), actor, auth=auth)

    return enact(house, code, ask)


def _fits(house: Installation, stored: Stored, wanted: str, agency: str, now: datetime) -> None:
    """Refuse now what could not be opened later; the place of intake may have been taken over meanwhile."""
    code = str(stored.dossier.facts[wanted])
    world = house.worlds.of(version_in_force(house, code, now).digest)
    places = stored.dossier.places
    day = world.calendar.local_date(now)
    received = None if places is None else world.directory.seat(places.received, day, code)
    bind_parties(world.procedure, world.directory, agency, received, day)
