"""How the events of a consultation change a dossier."""

from collections.abc import Callable, Mapping
from typing import Any

from states import events as happened
from states.dossier.revision import revise
from states.dossier.rounds import Asked, Round
from states.dossier.snapshot import Dossier
from states.events import Event


def outcome_fact(consultation: str) -> str:
    """Name the fact in which a finished consultation leaves its outcome."""
    return f"{consultation}_outcome"


def _opened(dossier: Dossier, event: happened.ConsultationOpened) -> Dossier:
    """What an earlier round came to no longer holds."""
    gone = outcome_fact(event.consultation)
    facts = {name: value for name, value in dossier.facts.items() if name != gone}
    opened = Round(event.state, event.round, event.questions)
    return revise(dossier, facts=facts, consultations={**dossier.consultations, event.consultation: opened})


def _asked(dossier: Dossier, event: happened.QuestionAsked) -> Dossier:
    held = dossier.consultations[event.consultation]
    asked = (*held.asked, Asked(event.question, event.agency, event.at))
    return _round(dossier, event.consultation, asked=asked)


def _answered(dossier: Dossier, event: happened.QuestionAnswered) -> Dossier:
    return _question(dossier, event, answer=event.answer)


def _silent(dossier: Dossier, event: happened.QuestionSilent) -> Dossier:
    return _question(dossier, event, silent=event.meaning)


def _closed(dossier: Dossier, event: happened.QuestionClosed) -> Dossier:
    return _question(dossier, event, closed=event.cause)


def _kept(dossier: Dossier, event: happened.LateReplyKept) -> Dossier:
    return _question(dossier, event, late_reply=event.answer)


def _finished(dossier: Dossier, event: happened.ConsultationFinished) -> Dossier:
    facts = {**dossier.facts, outcome_fact(event.consultation): event.outcome}
    ended = _round(dossier, event.consultation, over=True, outcome=event.outcome)
    return revise(ended, facts=facts)


def _cancelled(dossier: Dossier, event: happened.ConsultationCancelled) -> Dossier:
    return _round(dossier, event.consultation, over=True)


def _question(dossier: Dossier, event: Any, **changes: Any) -> Dossier:
    asked = tuple(
        revise(one, **changes) if one.question == event.question else one
        for one in dossier.consultations[event.consultation].asked
    )
    return _round(dossier, event.consultation, asked=asked)


def _round(dossier: Dossier, consultation: str, **changes: Any) -> Dossier:
    held = revise(dossier.consultations[consultation], **changes)
    return revise(dossier, consultations={**dossier.consultations, consultation: held})


CONSULTING: Mapping[type[Event], Callable[[Dossier, Any], Dossier]] = {
    happened.ConsultationOpened: _opened,
    happened.QuestionAsked: _asked,
    happened.QuestionAnswered: _answered,
    happened.QuestionSilent: _silent,
    happened.QuestionClosed: _closed,
    happened.LateReplyKept: _kept,
    happened.ConsultationFinished: _finished,
    happened.ConsultationCancelled: _cancelled,
}
