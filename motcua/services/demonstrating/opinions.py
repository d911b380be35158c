"""What consulted bodies do: they answer in time, late, or not at all; the lead agency passes over who stays silent."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.services.consultations import answer, pass_over
from motcua.services.demonstrating.course import Course, somebody
from motcua.services.demonstrating.temper import GRANTED, ODDS
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.asking import question_clock
from states.dossier import Asked
from states.procedure import Question, Silence
from states.world import World

Key = tuple[str, str, int]
REASON = "Đã đôn đốc, quá thời hạn mà chưa có ý kiến; đã báo người phụ trách Bộ phận Một cửa."


def replies(course: Course, world: World, now: datetime) -> Iterator[tuple[datetime, Key]]:
    """Yield when each question that was put since the last look will be answered; nothing for a silent body."""
    for name, held in course.dossier.consultations.items():
        for asked in held.asked:
            key = (name, asked.question, held.number)
            if key in course.heard_of or not asked.open:
                continue
            course.heard_of.add(key)
            at = _when(course, world, name, asked, now)
            if at is not None:
                yield at, key


def _when(course: Course, world: World, name: str, asked: Asked, now: datetime) -> datetime | None:
    """Most answer within their term, some after it; where silence is an answer some stay silent."""
    dice, calendar = course.dice, world.calendar_of(asked.agency)
    _, question = world.procedure.question[f"{name}/{asked.question}"]
    clock = course.dossier.clocks.get(question_clock(name, asked.question))
    throw, share = dice.random(), dice.betavariate(2, 2.5)
    if throw < ODDS.mute and question.silence is not Silence.NOTHING:
        return None
    due = now + timedelta(days=1) if clock is None or clock.due is None else clock.due
    budget = max(1, calendar.between(now, due))
    late = throw > 1 - ODDS.overrun
    return calendar.add(now, max(1, int(budget * (1 + share if late else share * 0.95))))


def reply(house: Installation, course: Course, world: World, key: Key) -> Stored | None:
    """Answer a question; an overdue one that is not mandatory is sometimes passed over by the lead agency instead."""
    name, question_id, number = key
    held = course.dossier.consultations[name]
    asked = held.of(question_id)
    if held.number != number or asked is None or (not asked.open and course.dice.random() < 0.5):
        return None
    _, question = world.procedure.question[f"{name}/{question_id}"]
    if asked.overdue and not question.mandatory:
        holder = world.procedure.state[held.state].holder or ""
        lead = somebody(course, world, holder, held.state)
        if lead is not None:
            return pass_over(house, course.dossier.code, name, question_id, lead, reason=REASON)
    return _answer(house, course, world, name, question)


def _answer(
    house: Installation, course: Course, world: World, name: str, question: Question
) -> Stored | None:
    clock = question_clock(name, question.id)
    actor = somebody(course, world, question.role, clock)
    if actor is None:
        return None
    given = "agree" if course.arrival.temper.outcome == GRANTED else "object"
    return answer(house, course.dossier.code, name, question.id, given, actor)
