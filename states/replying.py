"""What people do in a consultation: answer a question, or pass over one that nobody answered in time."""

from collections.abc import Iterable
from datetime import datetime

from states.asking import question_clock
from states.authority import free_for, role_of
from states.commands import AnswerConsultation, PassOverConsultation
from states.consultation import settled
from states.dossier import Asked, Dossier, Round
from states.errors import DomainError, Kind
from states.events import Event, LateReplyKept, QuestionAnswered, QuestionClosed
from states.opening import check_documents
from states.peer import PARTNER
from states.procedure import ANSWERS
from states.world import World

PASSED_OVER = "passed_over"


class NeverAsked(DomainError):
    """Dossier {code}: "{question}" was never asked. Asked were: {asked}. Answer one of these."""

    kind = Kind.NOT_FOUND
    vi = "Hồ sơ {code}: chưa từng hỏi «{question}». Đã hỏi: {asked}. Hãy trả lời đúng câu đã hỏi."


class NotConsulted(DomainError):
    """Dossier {code}: "{question}" was put to {asked}, not to {agency}. An officer of {asked} answers it."""

    kind = Kind.NOT_AUTHORISED
    vi = (
        "Hồ sơ {code}: «{question}» được gửi cho {asked}, không gửi cho {agency}. Cán bộ của {asked} trả lời."
    )


class AlreadyAnswered(DomainError):
    """Dossier {code}: "{question}" has its reply: "{stands}" stands. A second reply is not taken."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: «{question}» đã có trả lời, đang ghi nhận «{stands}». Không nhận trả lời lần hai."


class UnknownAnswer(DomainError):
    """"{answer}" is not an answer. Answer with one of: {answers}."""  # fmt: skip

    vi = "«{answer}» không phải là câu trả lời. Hãy trả lời bằng một trong: {answers}."


class AskedElsewhere(DomainError):
    """Dossier {code}: "{question}" was put to {agency}, which answers from an installation of its own.

    Wait for its answer, or for its term to run out; "motcua peer status" tells whether it can be reached.
    """

    kind = Kind.CONFLICT
    vi = (
        "Hồ sơ {code}: «{question}» được gửi cho {agency}, cơ quan này trả lời từ hệ thống riêng. "
        "Hãy chờ trả lời hoặc hết hạn; xem kết nối bằng «motcua peer status»."
    )


class NotPassedOver(DomainError):
    """Dossier {code}: "{question}" cannot be passed over: {reason}."""

    kind = Kind.CONFLICT
    vi = "Hồ sơ {code}: chưa thể bỏ qua «{question}»: {reason_vi}."


def answer(world: World, dossier: Dossier, command: AnswerConsultation, now: datetime) -> tuple[Event, ...]:
    """Decide an answer: it counts while its question is open; later it is kept as evidence, even after the end.

    Raises:
        NeverAsked: No such question was put.
        NotConsulted: It was put to an agency that the actor does not work in.
        NotAuthorised: The actor does not hold the role, or another officer has the task.
        UnknownAnswer: Not one of the answers there are.
        InvalidFacts: A paper that is not declared.
        AlreadyAnswered: A reply is there already.
    """
    held, asked, name = _put(world, dossier, command.consultation, command.question)
    agency = _answers_now(world, dossier, asked, now)
    officer = _answering(world, dossier, command, agency, name, now)
    if command.answer not in ANSWERS:
        raise UnknownAnswer(answer=command.answer, answers=", ".join(ANSWERS))
    check_documents(world.procedure, command.documents)
    if asked.answer is not None or asked.late_reply is not None:
        raise AlreadyAnswered(code=dossier.code, question=name, stands=asked.standing)
    about = (command.consultation, command.question, held.number, command.answer, command.reasoned)
    papers = tuple(dict.fromkeys(command.documents))
    if not asked.open:
        return (LateReplyKept(*about, officer, agency, papers, now, command.receipt),)
    clock = question_clock(command.consultation, command.question)
    answered = QuestionAnswered(*about, officer, agency, papers, asked.overdue, now, command.receipt)
    return (answered, *settled(dossier, clock, "answered", officer, now))


def _put(world: World, dossier: Dossier, consultation: str, question: str) -> tuple[Round, Asked, str]:
    held = dossier.consultations.get(consultation)
    asked = None if held is None else held.of(question)
    name = f"{consultation}/{question}" if question else consultation
    if held is None or asked is None or name not in world.procedure.question:
        raise NeverAsked(code=dossier.code, question=name, asked=", ".join(_all_put(dossier)) or "-")
    return held, asked, name


def _all_put(dossier: Dossier) -> Iterable[str]:
    return (
        f"{name}/{asked.question}" for name, held in dossier.consultations.items() for asked in held.asked
    )


def _answers_now(world: World, dossier: Dossier, asked: Asked, now: datetime) -> str:
    """Return who answers today for the body that was asked: an open question follows a reorganisation by itself."""
    day = world.calendar_of(asked.agency).local_date(now)
    return asked.agency if asked.open else world.directory.seat(asked.agency, day, dossier.procedure)


def _answering(
    world: World, dossier: Dossier, command: AnswerConsultation, agency: str, name: str, now: datetime
) -> str:
    """Return the officer who answers, once it is plain that they may."""
    if world.is_elsewhere(agency) and command.actor.kind != PARTNER:
        raise AskedElsewhere(code=dossier.code, question=name, agency=agency)
    day, person = world.calendar_of(agency).local_date(now), command.actor.person
    agencies = [post.agency for post in world.directory.posts_of(person, day)] if person else []
    if agencies and agency not in agencies:
        raise NotConsulted(
            code=dossier.code, question=name, asked=agency, agency=", ".join(dict.fromkeys(agencies))
        )
    _, question = world.procedure.question[name]
    role_of(world, dossier, command.actor, (question.role,), "answer", day)
    clock = question_clock(command.consultation, command.question)
    free_for(world, dossier, command.actor, [t for t in dossier.tasks if t.clock == clock], "answer")
    return person or command.actor.kind


def pass_over(
    world: World, dossier: Dossier, command: PassOverConsultation, now: datetime
) -> tuple[Event, ...]:
    """Decide to go on without an answer: by the holder of the state, with a reason, where silence means nothing.

    Raises:
        NeverAsked: No such question was put.
        NotAuthorised: The actor does not hold the state.
        NotPassedOver: It is settled, its term still runs, its answer is mandatory, or no reason was given.
    """
    held, asked, name = _put(world, dossier, command.consultation, command.question)
    holder = world.procedure.state[held.state].holder or ""
    day = world.calendar.local_date(now)
    role_of(world, dossier, command.actor, (holder,), "pass_over", day)
    _, question = world.procedure.question[name]
    if not asked.open:
        raise _not_passed(dossier, name, f"it stands at {asked.standing}", f"đang ghi nhận {asked.standing}")
    if question.mandatory:
        raise _not_passed(dossier, name, "its answer is mandatory", "ý kiến này bắt buộc phải có")
    if not asked.overdue:
        raise _not_passed(dossier, name, "its term has not run out", "chưa hết thời hạn trả lời")
    if not command.reasoned:
        raise _not_passed(dossier, name, "a reason is required", "phải nêu lý do")
    officer = command.actor.person
    closed = QuestionClosed(command.consultation, command.question, held.number, PASSED_OVER, officer, now)
    clock = question_clock(command.consultation, command.question)
    return (closed, *settled(dossier, clock, PASSED_OVER, None, now))


def _not_passed(dossier: Dossier, name: str, reason: str, reason_vi: str) -> NotPassedOver:
    return NotPassedOver(code=dossier.code, question=name, reason=reason, reason_vi=reason_vi)
