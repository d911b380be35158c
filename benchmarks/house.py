"""An installation to measure: a migrated database with the shipped calendars, agencies and procedures in force."""

import secrets
import uuid
from datetime import date, timedelta
from pathlib import Path

from motcua.adapters.agency_files import read_directory
from motcua.adapters.calendar_files import read_calendars
from motcua.adapters.clock import SystemClock, VirtualClock, read_uptime
from motcua.adapters.procedure_files import read_procedure, read_surroundings
from motcua.adapters.rendering import JinjaRenderer
from motcua.services.adopting import adopt_calendar, adopt_directory
from motcua.services.installation import Installation, Worlds
from motcua.services.intake import Submission, submit
from motcua.services.ports import Stored
from motcua.services.publishing import approve, propose
from motcua.services.watch import Watch
from motcua.store.migrate import upgrade
from motcua.store.store import open_store
from states.commands import Actor
from states.guards import FactType
from states.procedure import Procedure

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "config"


def build_house(url: str, virtual: VirtualClock | None = None) -> Installation:
    """Migrate the database and put everything shipped in force, by the machine's clock or a *virtual* one."""
    upgrade(url)
    store = open_store(url)
    house = Installation(
        store=store,
        clock=virtual or SystemClock(),
        log="motcua.benchmark/audit",
        renderer=JinjaRenderer(ROOT / "templates"),
        worlds=Worlds(store),
        new_id=lambda: uuid.uuid4().hex,
        new_salt=lambda: secrets.token_bytes(32),
        watch=Watch(read_uptime, timedelta(minutes=5)) if virtual is None else Watch(),
        virtual=virtual is not None,
    )
    adopt_directory(house, read_directory(CONFIG), "benchmark")
    for definition in read_calendars(CONFIG / "calendars").values():
        adopt_calendar(house, definition, "benchmark")
    for procedure, source in shipped():
        approve(house, propose(house, procedure, source, "proposer").digest, "approver")
    return house


def shipped() -> list[tuple[Procedure, bytes]]:
    """Return the shipped procedures, compiled, with their files."""
    around = read_surroundings(CONFIG)
    files = sorted(CONFIG.glob("procedures/*/procedure.yaml"))
    found = [(read_procedure(file, around)[0], file.read_bytes()) for file in files]
    return [(procedure, source) for procedure, source in found if procedure is not None]


def open_one(house: Installation, procedure: Procedure, place: int = 0) -> Stored:
    """Submit a dossier with every paper and the first value of every fact, at one of the competent agencies."""
    agencies = house.worlds.directory.of_kind(procedure.parties[0].kind)
    first = {FactType.BOOLEAN: False, FactType.INTEGER: 1}
    later = {name for transition in procedure.transitions for name in transition.inputs}
    facts = {
        f.id: first.get(f.type, f.values[0] if f.values else "") for f in procedure.facts if f.id not in later
    }
    documents = tuple(document.id for document in procedure.documents)
    agency = agencies[place % len(agencies)].code
    return submit(house, Submission(procedure.code, "counter", agency, facts, documents))


def officer(house: Installation, stored: Stored, role_id: str, day: date) -> Actor:
    """Return the first officer who holds the role's position for this dossier."""
    role = house.worlds.of(stored.dossier.cfg).procedure.role[role_id]
    agency = stored.dossier.parties[role.party]
    return Actor(
        "officer", house.worlds.directory.holders(agency, role.position, day)[0], agency, role.position
    )
