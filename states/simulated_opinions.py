"""Consultations in scenarios: steps that answer, what stands, and what a set of scenarios must have seen."""

from collections.abc import Mapping
from typing import Any

from states.commands import Actor, AnswerConsultation, PassOverConsultation
from states.dossier import Dossier
from states.events import Event, QuestionAnswered, QuestionSilent
from states.procedure import Procedure

PASS_OVER = "pass_over"
_CAME = {QuestionAnswered.kind: "answered", QuestionSilent.kind: "silent"}


def on_question(
    dossier: Dossier, step: Mapping[str, Any], actor: Actor, reasoned: bool
) -> AnswerConsultation | PassOverConsultation:
    """Return what a step of a scenario asks of a question: `answer`, or `pass_over`."""
    consultation, _, question = step["question"].partition("/")
    if step["do"] == PASS_OVER:
        return PassOverConsultation(consultation, question, actor, dossier.version, reasoned)
    papers = tuple(step.get("documents") or ())
    return AnswerConsultation(consultation, question, step.get("answer") or "", actor, papers, reasoned)


def standing(dossier: Dossier, name: str) -> str | None:
    """Return what stands on a question, or what came of a consultation; None where nothing was put or came yet."""
    consultation, _, question = name.partition("/")
    held = dossier.consultations.get(consultation)
    if held is None or not question:
        return None if held is None else held.outcome
    asked = held.of(question)
    return None if asked is None else asked.standing


def seen_in(event: Event) -> str | None:
    """Name what an event shows of a question, for coverage."""
    if isinstance(event, QuestionAnswered | QuestionSilent):
        return f"{event.consultation}/{event.question}#{_CAME[event.kind]}"
    return None


def to_see(procedure: Procedure) -> frozenset[str]:
    """Name what scenarios should show of every question: an answer and, where its term is known, a silence."""
    answered = {f"{name}#answered" for name in procedure.question}
    return frozenset(
        answered | {f"{name}#silent" for name, (_, asked) in procedure.question.items() if asked.term}
    )


def step_on(
    procedure: Procedure, at: str, question: str, given: Mapping[str, Any], by: str | None
) -> dict[str, Any]:
    """Return the step that answers a question, with `agree` unless `answer` says otherwise or says `pass_over`."""
    declared, asked = procedure.question[question]
    step = {"at": at, "question": question, "reason": "-"}
    answer = given.get("answer", "agree")
    if answer != PASS_OVER:
        return {**step, "do": "answer", "answer": answer, "by": by or asked.role}
    holder = next((state.holder for state in procedure.states if state.consultation == declared.id), None)
    return {**step, "do": PASS_OVER, "by": by or holder}


def open_questions(dossier: Dossier) -> list[str]:
    """Name the questions that an answer would still count for."""
    return [
        f"{name}/{asked.question}"
        for name, held in dossier.consultations.items()
        for asked in held.asked
        if asked.open and not held.over
    ]
