"""What the pure part costs: one decision, one fold, the next wake-up, one deadline."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median

from benchmarks.house import CONFIG, shipped
from motcua.adapters.agency_files import read_directory
from motcua.adapters.calendar_files import read_calendars
from states.calendar import BusinessCalendar
from states.commands import APPLICANT_ACTOR, Actor, FireTransition, OpenDossier
from states.deadline import Cutoff, arm
from states.dossier import fold
from states.escalation import next_wake
from states.guards import FactType
from states.machine import decide
from states.opening import bind_parties
from states.term import Term, Unit
from states.world import World

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TIMES = 3_000


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    calendars = {
        name: BusinessCalendar(found) for name, found in read_calendars(CONFIG / "calendars").items()
    }
    directory = read_directory(CONFIG)
    procedure = next(p for p, _ in shipped() if p.code == "1.001612")
    world = World(procedure, calendars, directory, "0" * 64, {}, "0" * 64)
    parties = bind_parties(procedure, directory, directory.of_kind(procedure.parties[0].kind)[0].code)
    later = {name for transition in procedure.transitions for name in transition.inputs}
    facts = {f.id: False for f in procedure.facts if f.type is FactType.BOOLEAN and f.id not in later}
    documents = tuple(document.id for document in procedure.documents)
    opening = OpenDossier("H99-260302-0001", "counter", parties, APPLICANT_ACTOR, facts, documents)
    dossier = fold(None, decide(world, None, opening, NOW), by_person=True)
    role = procedure.role["counter"]
    agency = parties[role.party]
    person = directory.holders(agency, role.position, date(2026, 3, 2))[0]
    accept = FireTransition(
        "accept", Actor("officer", person, agency, role.position), dossier.version, facts={"fee_paid": True}
    )
    later_on = NOW + timedelta(minutes=10)
    events = decide(world, dossier, accept, later_on)
    moved = fold(dossier, events, by_person=True)
    term, cutoff = Term(Unit.WORKING_DAYS, 40), Cutoff(15 * 60)
    yield f"decide      {_cost(lambda: decide(world, dossier, accept, later_on)):6.1f} µs   (bar 60 µs; median)"
    yield f"evolve      {_cost(lambda: fold(dossier, events, by_person=True)):6.1f} µs   ({len(events)} events)"
    yield f"next wake   {_cost(lambda: next_wake(world, moved)):6.1f} µs   ({len(moved.clocks)} clocks)"
    yield f"deadline    {_cost(lambda: arm(term, NOW, world.calendar, cutoff)):6.1f} µs   (bar 10 µs; median)"


def _cost(work: Callable[[], object]) -> float:
    """Return the median cost of one call in microseconds."""
    costs = []
    for _ in range(TIMES):
        began = time.perf_counter_ns()
        work()
        costs.append(time.perf_counter_ns() - began)
    return median(costs) / 1000
