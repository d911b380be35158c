"""Laws of consultations, against a statement of the rule that shares nothing with the machine."""

from dataclasses import replace
from typing import Any

from desk import rules
from hypothesis import given, settings
from hypothesis import strategies as st
from opinions import Asking, C, asking, consulting

from states import events as happened
from states.consultation import followed_up
from states.dossier import fold
from states.errors import DomainError
from states.procedure import Consultation, Order, Question, Silence
from states.term import parse_term

IDS = ("a", "b", "c", "d")
COUNTS = {"agree": "yes", "object": "no", "other": "neither", "consent": "yes", "objection": "no"}


@st.composite
def consultations(draw: st.DrawFn) -> Consultation:
    """A consultation of one to four questions with any quorum, order, silences and mandatory set."""
    model = consulting().consultations[0]
    count = draw(st.integers(1, len(IDS)))
    asked: list[Question] = []
    for name in IDS[:count]:
        silence = draw(st.sampled_from(list(Silence)))
        hours = draw(st.sampled_from(["1", "2", "4", "9"]))
        asked.append(
            replace(
                model.questions[0],
                id=name,
                term=draw(st.sampled_from([None, parse_term("working_hours", hours)])),
                mandatory=draw(st.booleans()),
                silence=silence,
                silence_source=None if silence is Silence.NOTHING else "law",
            )
        )
    quorum = draw(st.none() | st.integers(1, count))
    return replace(model, questions=tuple(asked), quorum=quorum, order=draw(st.sampled_from(list(Order))))


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "answer", "wait", "pass_over"]),
        st.sampled_from(IDS),
        st.sampled_from(["agree", "object", "other"]),
        st.integers(1, 5),
    ),
    max_size=12,
)


def desk_of(declared: Consultation) -> Asking:
    """A desk at which this consultation was just opened."""
    base = asking()
    procedure = replace(base.world.procedure, consultations=(declared,))
    world = rules(procedure)
    before = asking_before(base)
    move = next(event for event in base.last if isinstance(event, happened.ConsultationOpened))
    own = replace(move, questions=tuple(question.id for question in declared.questions))
    first = followed_up(world, before, (own,), {}, base.now)
    return Asking(world, base.now, first, list(first), fold(before, first, by_person=True))


def asking_before(base: Asking) -> Any:
    """The dossier in the asking state as it was before anything was asked."""
    clocks = {name: clock for name, clock in base.dossier.clocks.items() if not name.startswith("consult:")}
    tasks = tuple(task for task in base.dossier.tasks if task.role != "fire_officer")
    return replace(base.dossier, clocks=clocks, tasks=tasks, consultations={})


def played(declared: Consultation, deeds: list[tuple[str, str, str, int]]) -> Asking:
    """Do one deed after the other; what is refused changes nothing."""
    desk = desk_of(declared)
    for what, name, given_answer, hours in deeds:
        try:
            if what == "wait":
                desk.now = desk.world.calendar.add(desk.now, hours * 60)
                desk.sweep()
            elif what == "answer":
                desk.sweep()
                desk.answer(name, given_answer)
            else:
                desk.pass_over(name)
        except DomainError:
            continue
    return desk


def said(events: list[Any]) -> tuple[dict[str, str], set[str]]:
    """By question, what counts as an opinion; and the questions of which nothing more is to come."""
    counted: dict[str, str] = {}
    done: set[str] = set()
    for event in events:
        if isinstance(event, happened.QuestionAnswered):
            counted[event.question] = COUNTS[event.answer]
        elif isinstance(event, happened.QuestionSilent) and event.meaning != "nothing":
            counted[event.question] = COUNTS[event.meaning]
        elif not isinstance(event, happened.QuestionClosed) or event.cause == "enough":
            continue
        done.add(event.question)
    return counted, done


def enough(declared: Consultation, events: list[Any]) -> bool:
    """State the rule: every mandatory opinion and the quorum, or nothing more to come."""
    counted, done = said(events)
    everybody = {question.id for question in declared.questions}
    if everybody == done:
        return True
    must = {question.id for question in declared.questions if question.mandatory}
    return must <= done and len(counted) >= (declared.quorum or len(everybody))


@given(consultations(), DEEDS)
@settings(max_examples=150, deadline=None)
def test_the_outcome_is_the_rule_and_comes_exactly_when_enough_is_known(
    declared: Consultation, deeds: list[tuple[str, str, str, int]]
) -> None:
    """It finishes at the first event after which enough is known, once, with the outcome that the rule states."""
    events: list[Any] = list(played(declared, deeds).log)
    ends = [at for at, event in enumerate(events) if isinstance(event, happened.ConsultationFinished)]
    firsts = [at for at in range(len(events) + 1) if enough(declared, events[:at])]
    assert len(ends) == bool(firsts)
    for end in ends:
        counted, _ = said(events[:end])
        needed = declared.quorum or len(declared.questions)
        consent = set(counted.values()) <= {"yes"} and len(counted) >= needed
        rule = "objection" if "no" in counted.values() else "consent" if consent else "incomplete"
        between = [event.kind for event in events[firsts[0] : end]]
        assert rule == events[end].outcome
        assert set(between) <= {"question_closed", "clock_stopped", "task_done"}
        assert ("transition_fired", "gather") == (events[end + 1].kind, events[end + 1].transition)


@given(consultations(), DEEDS)
@settings(max_examples=100, deadline=None)
def test_nothing_happens_twice_to_a_question(
    declared: Consultation, deeds: list[tuple[str, str, str, int]]
) -> None:
    """In a round each question is asked, answered, silent, closed and late at most once, and never before asked."""
    log = played(declared, deeds).log
    about = [(event.kind, event.question) for event in log if hasattr(event, "question")]
    assert len(set(about)) == len(about)
    asked = [name for kind, name in about if kind == "question_asked"]
    assert {name for _, name in about} == set(asked)


@given(consultations(), DEEDS, st.lists(st.sampled_from(IDS), max_size=6))
@settings(max_examples=100, deadline=None)
def test_late_replies_never_change_what_came_of_it(
    declared: Consultation, deeds: list[tuple[str, str, str, int]], late: list[str]
) -> None:
    """Once it is over, any reply leaves facts, states, clocks and tasks as they are."""
    desk = played(declared, deeds)
    if not desk.dossier.consultations[C].over:
        return
    before = desk.dossier
    for name in late:
        try:
            desk.answer(name, "object")
        except DomainError:
            continue
    after = desk.dossier
    kept = ("facts", "states", "clocks", "tasks", "outcome", "documents")
    assert [getattr(before, name) for name in kept] == [getattr(after, name) for name in kept]
