"""Open a dossier: the version in force, its agencies, its code; for who submits one and for who orders one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from audit.record import Auth, Cause
from motcua.services.choosing import choose_officers
from motcua.services.enacting import ATTEMPTS, Request, step_of
from motcua.services.idempotency import Once
from motcua.services.installation import Installation
from motcua.services.ports import Busy, ProcedureNotFound, PublishedVersion, Stored
from motcua.services.recording import Decided, Personal, record
from states.commands import Actor, OpenDossier
from states.kin import Filed, Kin, Places
from states.machine import decide
from states.opening import bind_parties
from states.peer import Origin
from states.world import World


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that a new dossier is opened with.

    Attributes:
        competent: Code of the agency that decides.
        received: Code of the agency where it was handed in; the competent one when None.
        cause: Who or what opens it, where that does not follow from the actor.
        origin: The handoff of another installation that it is opened for.
        id: The id it must get, so that it cannot be opened twice; a new one when None.
        idem: What makes it one that is opened once, however often it is asked.
        filed: How it was filed on the national portal.
    """

    channel: str
    competent: str
    actor: Actor
    received: str | None = None
    facts: Mapping[str, bool | int | str] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    personal: tuple[Personal, ...] = ()
    auth: Auth | None = None
    legal_date: date | None = None
    cause: Cause | None = None
    parent: Kin | None = None
    places: Places | None = None
    origin: Origin | None = None
    id: str | None = None
    idem: Once | None = None
    filed: Filed | None = None


def open_new(house: Installation, world: World, opening: Opening, now: datetime) -> Stored:
    """Open a dossier; its code is of its lead agency. Where its id is known it is there already, and returned.

    Raises:
        InvalidFacts, AgencyNotFound, PartyUnbound: The data does not fit; nothing was written.
        AgencyClosed, CompetenceMoved, AgencyNotOpen: The agency takes it in no longer, or not yet.
        Busy: Others kept taking the next number.
    """
    procedure, day = world.procedure, world.calendar.local_date(now)
    parties = bind_parties(procedure, world.directory, *_agencies(world, opening, day), day)
    lead = parties[procedure.parties[0].id]
    for _ in range(ATTEMPTS):
        number = house.store.next_number(lead, day)
        command = OpenDossier(
            code=dossier_code(lead, day, number),
            channel=opening.channel,
            parties=parties,
            actor=opening.actor,
            facts=opening.facts,
            documents=opening.documents,
            assignees=choose_officers(house, world, parties, procedure.initial, day),
            parent=opening.parent,
            places=opening.places,
            filed=opening.filed,
            origin=opening.origin,
        )
        stored = _store(house, world, command, opening, now, day, number) or _known(house, opening.id)
        if stored is not None:
            return stored
    raise Busy(what=lead)


def _agencies(world: World, opening: Opening, day: date) -> tuple[str, str | None]:
    """What a parent ordered before a reorganisation is opened at whoever took over; a person is told to go there."""
    if opening.parent is None:
        return opening.competent, opening.received
    code, received = world.procedure.code, opening.received
    seat = world.directory.seat(opening.competent, day, code)
    return seat, None if received is None else world.directory.seat(received, day, code)


def _store(
    house: Installation,
    world: World,
    command: OpenDossier,
    opening: Opening,
    now: datetime,
    day: date,
    number: int,
) -> Stored | None:
    request = Request(
        command,
        opening.actor,
        opening.personal,
        opening.auth,
        opening.legal_date,
        idem=opening.idem,
        cause=opening.cause,
    )
    events = decide(world, None, command, now)
    step = step_of(request, events, now)
    decided = Decided(world, None, (step,), new_id=opening.id or house.new_id(), day=day, number=number)
    [stored] = record(house, [decided])
    return stored


def _known(house: Installation, id: str | None) -> Stored | None:
    found = house.store.load_ids([id]) if id is not None else []
    return found[0] if found else None


def dossier_code(agency: str, day: date, number: int) -> str:
    """Return the national dossier code: agency, local day, number of that day in at least four digits.

    Source:
        Circular 01/2018/TT-VPCP article 19 (pattern); Decree 118/2025/NĐ-CP article 28 (competent agency; of a
        group, the unit that receives it).
    """
    return f"{agency}-{day:%y%m%d}-{number:04d}"


def version_in_force(house: Installation, code: str, now: datetime) -> PublishedVersion:
    """Return the newest approved version of a procedure whose effective period holds the province's day of *now*.

    Raises:
        ProcedureNotFound: None does.
    """
    directory = house.worlds.directory
    day = house.worlds.calendars[directory.get(directory.province).calendar].local_date(now)
    for version in reversed(house.store.versions(code)):
        ended = version.effective_until is not None and version.effective_until <= day
        if version.approved_at is not None and version.effective_from <= day and not ended:
            return version
    raise ProcedureNotFound(procedure=code, day=day)
