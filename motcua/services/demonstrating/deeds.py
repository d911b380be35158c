"""What people do to a dossier: act on it, claim and pass on tasks, sign apologies, acknowledge, withdraw."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from motcua.services.demonstrating.course import Course, somebody, when_answered, when_done
from motcua.services.demonstrating.handing import answer, answers_of
from motcua.services.demonstrating.opinions import replies, reply
from motcua.services.demonstrating.plan import Arrival
from motcua.services.demonstrating.temper import ODDS, draw_temper
from motcua.services.demonstrating.ways import Chart, staff
from motcua.services.installation import Installation
from motcua.services.intake import submit
from motcua.services.ports import Stored
from motcua.services.tasks import acknowledge, claim, reassign, release
from motcua.services.transitions import Particulars, Sending
from states.commands import Actor
from states.dossier import Awaited, Task
from states.kin import child_id
from states.procedure import APPLICANT, SYSTEM, Assign, Extension, RungAction
from states.term import Term, Unit
from states.world import World

NEW_TIME = Term(Unit.WORKING_DAYS, 8)
REASONS = (
    "Thành phần hồ sơ chưa thống nhất, cần làm rõ trước khi giải quyết.",
    "Cần thêm thời gian xác minh tại cơ sở.",
    "Nội dung đề nghị không đủ điều kiện theo quy định đã viện dẫn trong hồ sơ.",
    "Theo đề nghị của người nộp hồ sơ.",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody will do at an instant.

    Attributes:
        act: Does it in the house as it is then and answers the dossier, or answers what is to be sent; None when there
            is no more need.
    """

    at: datetime
    act: Callable[[Installation], Stored | Sending | None]


def open_course(house: Installation, arrival: Arrival, seed: int, charts: dict[str, Chart]) -> Course:
    """Submit the dossier of an arrival; its dice are its own."""
    stored = submit(house, arrival.submission)
    cfg = stored.dossier.cfg
    if cfg not in charts:
        charts[cfg] = Chart(house.worlds.procedure(cfg))
    return Course(arrival, charts[cfg], Random(f"{seed}:{arrival.number}"), stored)


def members(
    house: Installation, course: Course, seed: int, charts: dict[str, Chart], known: Collection[str]
) -> list[Course]:
    """Return the dossiers of a group's components that were opened and that nobody has seen yet."""
    children = sorted(course.dossier.children)
    wanted = {child_id(course.stored.id, name): name for name in children}
    found = []
    for stored in house.store.load_ids([id for id in wanted if id not in known]):
        cfg, name = stored.dossier.cfg, f"{seed}:{course.arrival.number}:{wanted[stored.id]}"
        charts.setdefault(cfg, Chart(house.worlds.procedure(cfg)))
        arrival = replace(course.arrival, at=stored.at, temper=draw_temper(Random(name)))
        found.append(Course(arrival, charts[cfg], Random(name), stored))
    return found


def deeds_of(house: Installation, course: Course) -> Iterator[Deed]:
    """Yield what people will do now that the dossier stands where it stands, each intention once."""
    if course.dossier.ended:
        return
    world, now = house.worlds.of(course.dossier.cfg), house.now()
    for leaf in course.entered():
        yield from _deeds_in(course, world, leaf, now)
    for at, key in replies(course, world, now):
        yield Deed(at, partial(reply, course=course, world=world, key=key))
    for given in answers_of(course, world, now):
        yield Deed(given.at, partial(answer, course=course, world=world, given=given))
    yield from _letters(course, world, now)
    for awaited in course.dossier.awaited:
        yield from _acknowledgements(course, world, awaited, now)


def _deeds_in(course: Course, world: World, leaf: str, now: datetime) -> Iterator[Deed]:
    holder, temper = world.procedure.state[leaf].holder, course.arrival.temper
    if holder is None or holder == SYSTEM:
        return
    draw = when_answered if holder == APPLICANT else when_done
    at, visit = draw(course, world, leaf, now), course.visits[leaf]
    if temper.leaving is not None and course.visit >= temper.leaves_after:
        until = at or now + timedelta(days=2)
        way = course.chart.leaving_move(course.dossier, leaf, temper.leaving)
        if way is not None:
            away = world.calendar.add(now + (until - now) * 0.5, 0)
            yield Deed(away, lambda house: _leave(course, world, leaf, visit))
            return
    if at is not None:
        yield from _task_deeds(course, world, leaf, now, at)
        yield Deed(at, lambda house: _move(course, world, leaf, visit))


def _leave(course: Course, world: World, leaf: str, visit: int) -> Sending | None:
    if course.visits.get(leaf) != visit:
        return None
    way = course.chart.leaving_move(course.dossier, leaf, course.arrival.temper.leaving or "")
    if way is None:
        return None
    move, role = way
    actor = somebody(course, world, role, None)
    return _sending(course, move.transition.id, actor, Particulars(reason=REASONS[3]))


def _move(course: Course, world: World, leaf: str, visit: int) -> Sending | None:
    if course.visits.get(leaf) != visit or course.dossier.ended:
        return None
    role = world.procedure.state[leaf].holder or SYSTEM
    move = course.chart.next_move(course.dossier, leaf, role, course.arrival.temper, course.seen, course.dice)
    if move is None:
        return None
    reason = course.dice.choice(REASONS[:3]) if move.transition.reason else None
    given = Particulars(facts=move.facts, documents=move.papers, reason=reason)
    return _sending(course, move.transition.id, somebody(course, world, role, leaf), given)


def _sending(course: Course, transition: str, actor: Actor | None, given: Particulars) -> Sending | None:
    if actor is None:
        return None
    return Sending(course.dossier.code, transition, actor, course.dossier.version, given)


# Tasks


def _task_deeds(course: Course, world: World, leaf: str, now: datetime, at: datetime) -> Iterator[Deed]:
    """Between the arrival of a task and its end it may be claimed, given back, or passed on."""
    task = next((task for task in course.dossier.tasks if task.state == leaf), None)
    throws = [course.dice.random() for _ in range(3)]
    if task is None:
        return
    by_head = world.procedure.role[task.role].assign is Assign.HEAD_ASSIGNS
    if throws[0] < ODDS.claimed and task.assignee is None and not by_head:
        yield Deed(_between(now, at, 0.4), lambda house: _claim(house, course, world, task))
        if throws[1] < ODDS.released:
            yield Deed(_between(now, at, 0.6), lambda house: _release(house, course, task))
    if by_head or throws[2] < ODDS.reassigned:
        yield Deed(_between(now, at, 0.8), lambda house: _reassign(house, course, world, task))


def _between(now: datetime, at: datetime, share: float) -> datetime:
    seconds = int((at - now).total_seconds() * share)
    return now + timedelta(minutes=seconds // 60)


def _claim(house: Installation, course: Course, world: World, task: Task) -> Stored | None:
    current = course.dossier.task(task.id)
    if current is None or current.assignee is not None:
        return None
    actor = somebody(course, world, task.role, task.state)
    return None if actor is None else claim(house, course.dossier.code, task.id, actor)


def _release(house: Installation, course: Course, task: Task) -> Stored | None:
    current = course.dossier.task(task.id)
    if current is None or current.assignee is None:
        return None
    actor = Actor("officer", current.assignee, task.agency, task.position)
    return release(house, course.dossier.code, task.id, actor)


def _reassign(house: Installation, course: Course, world: World, task: Task) -> Stored | None:
    current, day = course.dossier.task(task.id), world.calendar.local_date(house.now())
    heads = [
        (position, person)
        for position in world.directory.assigners
        for person in world.directory.holders(task.agency, position, day)
    ]
    others = [p for p in staff(world, course.dossier, task.role) if current and p != current.assignee]
    if current is None or not heads or not others:
        return None
    position, head = heads[-1]
    actor = Actor("officer", head, task.agency, position)
    return reassign(house, course.dossier.code, task.id, course.dice.choice(others), actor)


# Lateness


def _letters(course: Course, world: World, now: datetime) -> Iterator[Deed]:
    """Once a rung has drafted the apology, the leader signs it soon, or too late, or not at all."""
    extension = _drafted(course, world)
    if extension is None or course.letters:
        return
    course.letters = True
    letter, minutes = course.arrival.temper.letter, course.dice.randint(5, 55)
    if letter is not None:
        late = course.dossier.clocks[extension.clocks[-1]].due if letter == "late" else None
        at = world.calendar.add(late or now, minutes)
        yield Deed(at, lambda house: _sign(course, world, extension))


def _drafted(course: Course, world: World) -> Extension | None:
    for clock in course.dossier.clocks.values():
        if clock.ladder is None or not clock.running or not clock.fired:
            continue
        drafting = {
            rung.id
            for rung in world.procedure.ladder[clock.ladder].rungs
            if RungAction.DRAFT_APOLOGY in rung.actions
        }
        if drafting.intersection(clock.fired):
            return next((e for e in world.procedure.extensions if clock.id in e.clocks), None)
    return None


def _sign(course: Course, world: World, extension: Extension) -> Sending | None:
    clocks = course.dossier.clocks
    if course.dossier.ended or not any(clocks[c].running for c in extension.clocks if c in clocks):
        return None
    actor = somebody(course, world, extension.role, None)
    by = extension.max_each or NEW_TIME
    return _sending(course, extension.id, actor, Particulars(reason=REASONS[1], by=by))


def _acknowledgements(course: Course, world: World, awaited: Awaited, now: datetime) -> Iterator[Deed]:
    key = (awaited.clock, awaited.epoch, awaited.rung)
    if key in course.heard:
        return
    course.heard.add(key)
    throw, share = course.dice.random(), course.dice.uniform(0.1, 0.9)
    minutes = int(world.calendar.between(now, awaited.by) * share)
    if throw < ODDS.acknowledged:
        at = world.calendar.add(now, max(1, minutes))
        yield Deed(at, lambda house: _acknowledge(house, course, awaited))


def _acknowledge(house: Installation, course: Course, awaited: Awaited) -> Stored | None:
    if awaited not in course.dossier.awaited:
        return None
    actor = Actor("officer", awaited.recipients[0], awaited.agency, awaited.position)
    return acknowledge(house, course.dossier.code, awaited.clock, awaited.rung, actor)
