"""The small machine of a consultation: put questions, take answers, judge silence, finish when enough is known."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce

from states import events as happened
from states.asking import question_clock
from states.commands import SYSTEM_ACTOR, FireTransition
from states.deadline import Clock, arm
from states.dossier import CONSULT, Dossier, Round, evolve
from states.events import ClockArmed, ClockStopped, Event, TaskCreated, TaskDone
from states.firing import fire
from states.procedure import Consultation, Order, Question, Silence
from states.quorum import enough, outcome_of
from states.tasking import assignee_for
from states.world import World

ENOUGH = "enough"
STIRRING = (
    happened.ConsultationOpened,
    happened.QuestionAnswered,
    happened.QuestionSilent,
    happened.QuestionClosed,
)
"""What may make the next question due, or be the last that was missing."""

Chosen = Mapping[str, str]


def followed_up(
    world: World, dossier: Dossier | None, events: tuple[Event, ...], chosen: Chosen, now: datetime
) -> tuple[Event, ...]:
    """Return a decision with all that follows from it for consultations: what is to be asked, what is finished.

    Args:
        world: The rules.
        dossier: As it was before the decision.
        events: Of the decision.
        chosen: Officers by state or by question clock, as the command names them.
        now: The instant of the decision.
    """
    if not any(isinstance(event, STIRRING) for event in events):
        return events
    after, followed = _after(dossier, events), list(events)
    # What finishes may lead into another consultation; the linter refuses circles, and this stops in one all the same.
    for _ in world.procedure.consultations:
        for declared in world.procedure.consultations:
            while more := _next_of(world, after, declared, chosen, now):
                followed += more
                after = _after(after, more)
    return tuple(followed)


def _after(dossier: Dossier | None, events: Iterable[Event]) -> Dossier:
    after = dossier
    for event in events:
        after = evolve(after, event)
    if after is None:
        raise ValueError("no events")
    return after


def _next_of(
    world: World, dossier: Dossier, declared: Consultation, chosen: Chosen, now: datetime
) -> list[Event]:
    """Return the next that happens in a consultation by itself; nothing while it waits for somebody."""
    held = dossier.consultations.get(declared.id)
    if held is None or held.over:
        return []
    if enough(declared, held):
        return _finished(world, dossier, declared, held, chosen, now)
    due = held.unasked
    if declared.order is Order.SEQUENTIAL:
        running = any(asked.open and not asked.overdue for asked in held.asked)
        due = () if running else due[:1]
    return _asked(world, dossier, declared, held, due, chosen, now)


# Asking


def _asked(
    world: World,
    dossier: Dossier,
    declared: Consultation,
    held: Round,
    due: Iterable[str],
    chosen: Chosen,
    now: datetime,
) -> list[Event]:
    events: list[Event] = []
    by_id = {question.id: question for question in declared.questions}
    for number, name in enumerate(due, dossier.tasks_created + 1):
        events += _put(world, dossier, declared.id, held, by_id[name], number, chosen, now)
    return events


def _put(
    world: World,
    dossier: Dossier,
    consultation: str,
    held: Round,
    question: Question,
    number: int,
    chosen: Chosen,
    now: datetime,
) -> Iterable[Event]:
    """Put one question: only its share of the dossier goes along, on the calendar of the agency that is asked."""
    role, clock = world.procedure.role[question.role], question_clock(consultation, question.id)
    agency = dossier.parties[role.party]
    yield happened.QuestionAsked(
        consultation=consultation,
        question=question.id,
        round=held.number,
        role=role.id,
        position=role.position,
        agency=agency,
        documents=tuple(paper for paper in question.documents if paper in dossier.documents),
        facts={name: dossier.facts[name] for name in question.facts if name in dossier.facts},
        at=now,
    )
    if question.term is not None:
        yield _armed(world, dossier, question, clock, agency, now)
    assignee = assignee_for(world, dossier, role, agency, chosen.get(clock), now)
    yield TaskCreated(f"{clock}#{number}", held.state, role.id, role.position, agency, assignee, now)


def _armed(
    world: World, dossier: Dossier, question: Question, clock: str, agency: str, now: datetime
) -> ClockArmed:
    if question.term is None:
        raise ValueError(f"{clock} has no term")
    due = arm(question.term, now, world.calendar_of(agency), None, step=True)
    return ClockArmed(
        clock=clock,
        epoch=dossier.epochs.get(clock, 0) + 1,
        term=question.term,
        calendar=world.directory.get(agency).calendar,
        from_instant=True,
        cutoff_minute=None,
        ladder=question.ladder,
        on_due=None,
        holder=agency,
        at=now,
        due=due.at,
        due_date=due.day,
        provisional=due.provisional,
    )


# Silence


def expects_reply(dossier: Dossier, clock: str) -> bool:
    """Tell whether a clock is that of a question whose silence was not recorded yet."""
    if not clock.startswith(CONSULT):
        return False
    consultation, _, question = clock.removeprefix(CONSULT).partition("/")
    asked = dossier.consultations[consultation].of(question)
    return asked is not None and asked.silent is None


def fall_silent(
    world: World, dossier: Dossier, clock: Clock, due_at: datetime, now: datetime
) -> tuple[Event, ...]:
    """Decide what a question's term that ran out means: what the procedure says, with its source, and no more."""
    consultation, _, name = clock.id.removeprefix(CONSULT).partition("/")
    _, question = world.procedure.question[f"{consultation}/{name}"]
    number, meaning = dossier.consultations[consultation].number, question.silence
    silent = happened.QuestionSilent(
        consultation, name, number, meaning.value, question.silence_source, due_at, now
    )
    if meaning is Silence.NOTHING:
        return (silent,)
    return (silent, *settled(dossier, clock.id, "silent", None, now))


def settled(dossier: Dossier, clock: str, cause: str, officer: str | None, now: datetime) -> list[Event]:
    """Return the end of what ran for a question: its clock, and its task."""
    stopped: list[Event] = [ClockStopped(clock, cause, now)] if clock in dossier.clocks else []
    tasks = (task for task in dossier.tasks if task.clock == clock)
    return [*stopped, *(TaskDone(task.id, officer or task.assignee, now) for task in tasks)]


# Finishing


def _finished(
    world: World, dossier: Dossier, declared: Consultation, held: Round, chosen: Chosen, now: datetime
) -> list[Event]:
    """Close what is still open, leave the outcome as a fact, and let the system go on in the same decision."""
    events: list[Event] = []
    for asked in held.asked:
        if asked.open:
            clock = question_clock(declared.id, asked.question)
            events.append(
                happened.QuestionClosed(declared.id, asked.question, held.number, ENOUGH, None, now)
            )
            events += settled(dossier, clock, ENOUGH, None, now)
    events.append(happened.ConsultationFinished(declared.id, held.number, outcome_of(declared, held), now))
    after = reduce(evolve, events, dossier)
    command = FireTransition(declared.then, SYSTEM_ACTOR, after.version, reasoned=True, assignees=chosen)
    return [*events, *fire(world, after, command, now)]


# Who is waited for
