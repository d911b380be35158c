"""Two communes with a thousand live dossiers become one: how long it takes, and what is left with the closed ones."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from postgres_server import running_server

from audit.verify import Level
from benchmarks.house import build_house, open_one
from motcua.adapters.clock import VirtualClock
from motcua.services.adopting import adopt_calendar
from motcua.services.auditing import examine
from motcua.services.deadlines import pass_deadlines
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from motcua.services.presenting import summary
from motcua.services.registry import approve, propose
from motcua.services.reorganising import take_effect
from motcua.services.transitions import Particulars, send
from states.agency import Agency
from states.calendar import CalendarDefinition
from states.commands import APPLICANT_ACTOR, Actor
from states.dossier import Dossier
from states.dossier.agencies import agencies_of
from states.errors import DomainError
from states.guards import FactType
from states.procedure import APPLICANT, SYSTEM
from states.reorganisation import ChangeKind, RegistryChange, Seat, Share

CLOSED, MERGED = ("H99.41.01", "H99.41.02"), "H99.41.90"
WEEK = timedelta(days=7)
LIVE, STEPS, SEED = 1_000, 6, 7
FIRST, DAY = datetime(2026, 8, 3, 1, tzinfo=UTC), date(2026, 8, 12)
KIND = "commune_committee"


@dataclass(frozen=True, slots=True)
class Merge:
    """What one merge did.

    Attributes:
        orphans: Open dossiers, tasks and messages that name a closed agency.
        unequal: Dossiers in which a due instant, minutes left, an epoch or fired rungs differ from before.
        findings: What verifying at level legal and the recount of escalations found wrong.
    """

    live: int
    paused: int
    awaited: int
    tasks: int
    messages: int
    seconds: float
    orphans: int
    unequal: int
    findings: int


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    for calendar in ("vn-gov", "vn-six-days"):
        with tempfile.TemporaryDirectory() as folder:
            yield _line("SQLite", calendar, merge(f"sqlite:///{folder}/merge.db", calendar))
    with running_server(durable=True) as server:
        yield _line("PostgreSQL", "vn-gov", merge(server.create("merge"), "vn-gov"))


def _line(engine: str, calendar: str, done: Merge) -> str:
    return (
        f"merge       {engine:10} {calendar:11} {done.live} live ({done.paused} paused, {done.awaited} awaiting,"
        f" {done.tasks} tasks, {done.messages} messages) in {done.seconds:.1f} s   (bar 30 s);"
        f" {done.orphans} orphans, {done.unequal} with other times, {done.findings} findings"
    )


def merge(url: str, calendar: str, live: int = LIVE) -> Merge:
    """Let *live* open dossiers of two communes follow a merge into one that keeps *calendar*."""
    clock = VirtualClock(FIRST)
    house = build_house(url, clock)
    adopt_calendar(house, _six_days(house), "benchmark")
    _fill(house, clock, live)
    identity = propose(house, _change(calendar), "an").digest
    approve(house, identity, "binh")
    clock.move(datetime(DAY.year, DAY.month, DAY.day, 3, tzinfo=UTC))
    pass_deadlines(house)
    before = {stored.dossier.code: stored.dossier for stored in house.store.iterate(open_only=True)}
    messages = _to_closed(house)
    began = time.perf_counter()
    [effected] = take_effect(house)
    seconds = time.perf_counter() - began
    if effected.failed:
        raise RuntimeError(str(effected.failed))
    return _merge(house, before, messages, seconds)


def _merge(house: Installation, before: dict[str, Dossier], messages: int, seconds: float) -> Merge:
    after = {stored.dossier.code: stored.dossier for stored in house.store.iterate(open_only=True)}
    seen = examine(house, house.now(), Level.LEGAL)
    named = sum(bool(agencies_of(dossier) & {*CLOSED}) for dossier in after.values())
    tasks = sum(len(house.store.tasks(agency=code, limit=10_000)) for code in CLOSED)
    return Merge(
        live=len(after),
        paused=sum(any(clock.paused for clock in one.clocks.values()) for one in after.values()),
        awaited=sum(bool(one.awaited) for one in after.values()),
        tasks=sum(len(one.tasks) for one in after.values()),
        messages=messages,
        seconds=seconds,
        orphans=named + tasks + _to_closed(house),
        unequal=sum(_times(before[code]) != _times(one) for code, one in after.items()),
        findings=len(seen.report.findings) + len(seen.reconciled.faults),
    )


def _times(dossier: Dossier) -> dict[str, object]:
    return {name: (c.due, c.remaining, c.epoch, c.fired) for name, c in dossier.clocks.items()}


def _to_closed(house: Installation) -> int:
    waiting = (message.notice.recipients for message in house.store.waiting(1_000_000))
    return sum(any(who.rpartition("@")[2] in CLOSED for who in recipients) for recipients in waiting)


def _six_days(house: Installation) -> CalendarDefinition:
    usual = house.worlds.calendars["vn-gov"].definition
    monday = usual.hours[0]
    return replace(usual, id="vn-six-days", hours=(*usual.hours[:5], monday, usual.hours[6]))


def _change(calendar: str) -> RegistryChange:
    return RegistryChange(
        kind=ChangeKind.MERGE,
        effective=DAY,
        basis="1/NQ-HĐND",
        agencies=CLOSED,
        heirs=(Share(MERGED),),
        new=(Agency(MERGED, "Ủy ban nhân dân xã Hợp Nhất", KIND, "commune", "H99", calendar),),
        follow=("deputy_head", "unit_head", "one_stop_officer", "officer", "clerk", "mailbox"),
        seats=(Seat("cb.h99.41.01-1", MERGED, "head"),),
    )


def _fill(house: Installation, clock: VirtualClock, live: int) -> None:
    """Take dossiers of every procedure of a commune in over some days, and move each a few random steps."""
    drawn, count = random.Random(SEED), 0
    worlds = [
        house.worlds.of(version.digest)
        for version in house.store.versions()
        if version.effective_from <= DAY - WEEK * 2
    ]
    procedures = [world.procedure for world in worlds if world.procedure.parties[0].kind == KIND]
    while count < live:
        stored = open_one(house, drawn.choice(procedures), drawn.randrange(2))
        for _ in range(drawn.randrange(STEPS)):
            stored = _step(house, stored, drawn)
        if stored.dossier.ended:
            continue
        count += 1
        clock.move(clock.now() + timedelta(days=6) / live)
        if count % 100 == 0:
            pass_deadlines(house)


def _step(house: Installation, stored: Stored, drawn: random.Random) -> Stored:
    """Move a dossier along some transition that somebody is allowed, if there is one that does not end it."""
    world = house.worlds.of(stored.dossier.cfg)
    allowed = [name for name in summary(house, stored)["allowed"] if name in world.procedure.transition]
    for name in drawn.sample(allowed, len(allowed)):
        transition = world.procedure.transition[name]
        facts = {fact: _value(world.procedure.fact_specs[fact], drawn) for fact in transition.inputs}
        for role in transition.by:
            if role == SYSTEM:
                continue
            try:
                given = Particulars(facts=facts, reason="theo hồ sơ")
                return send(house, stored.dossier.code, name, _actor(house, stored, role), None, given)
            except (DomainError, IndexError):
                continue
    return stored


def _value(spec: "object", drawn: random.Random) -> bool | int | str:
    kind, values = getattr(spec, "type", None), getattr(spec, "values", ())
    if kind is FactType.BOOLEAN:
        return drawn.random() < 0.7
    return 1 if kind is FactType.INTEGER else drawn.choice(values) if values else "x"


def _actor(house: Installation, stored: Stored, role_id: str) -> Actor:
    if role_id == APPLICANT:
        return APPLICANT_ACTOR
    role = house.worlds.of(stored.dossier.cfg).procedure.role[role_id]
    agency = stored.dossier.parties[role.party]
    people = house.worlds.directory.holders(agency, role.position, stored.at.date())
    held = Counter(task.assignee for task in stored.dossier.tasks if task.role == role_id)
    return Actor("officer", next((who for who in held if who), people[0]), agency, role.position)
