"""What a move of the chart does to consultations: those whose state is entered open, those whose state is left end."""

from collections.abc import Iterable
from datetime import datetime

from states.dossier import CONSULT, Dossier
from states.events import ClockStopped, ConsultationCancelled, ConsultationOpened, Event, QuestionClosed
from states.procedure import Question
from states.world import World

LEFT = "left"


def question_clock(consultation: str, question: str) -> str:
    """Name the clock of a question."""
    return f"{CONSULT}{consultation}/{question}"


def consultations_moved(
    world: World, dossier: Dossier, exited: Iterable[str], entered: Iterable[str], now: datetime
) -> list[Event]:
    """Return what a move ends and begins; *dossier* is as the move left it."""
    left = frozenset(exited)
    events: list[Event] = []
    for name, held in dossier.consultations.items():
        if held.state in left and not held.over:
            events += _cancelled(dossier, name, now)
    for state_id in entered:
        name = world.procedure.state[state_id].consultation or ""
        if name:
            events.append(_opened(world, dossier, name, state_id, now))
    return events


def _cancelled(dossier: Dossier, name: str, now: datetime) -> list[Event]:
    """The tasks of open questions end with the state, as all its tasks do."""
    held = dossier.consultations[name]
    events: list[Event] = []
    for asked in held.asked:
        if asked.open:
            events.append(QuestionClosed(name, asked.question, held.number, LEFT, None, now))
            clock = question_clock(name, asked.question)
            if clock in dossier.clocks:
                events.append(ClockStopped(clock, LEFT, now))
    return [*events, ConsultationCancelled(name, held.number, now)]


def _opened(world: World, dossier: Dossier, name: str, state_id: str, now: datetime) -> ConsultationOpened:
    before = dossier.consultations.get(name)
    number = 1 if before is None else before.number + 1
    questions = world.procedure.consultation[name].questions
    put = tuple(question.id for question in questions if _applies(world, question, dossier))
    return ConsultationOpened(name, state_id, number, put, now)


def _applies(world: World, question: Question, dossier: Dossier) -> bool:
    """A condition that cannot be judged yet asks rather than leaves out, as it does for papers."""
    if question.ask_if is None:
        return True
    verdict = world.procedure.guards[question.ask_if].evaluate(dossier.facts)
    return verdict.ok or bool(verdict.missing)
