"""What happened to a consultation: opened, asked, answered, fallen silent, closed, finished."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from states.events.moves import Facts
from states.peer import Receipt


@dataclass(frozen=True, slots=True)
class ConsultationOpened:
    """Its state was entered; `questions` are those whose condition holds now, `round` counts the entries from 1."""

    kind: ClassVar[str] = "consultation_opened"
    consultation: str
    state: str
    round: int
    questions: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A body was asked; `documents` and `facts` are the share of the dossier that it was given."""

    kind: ClassVar[str] = "question_asked"
    consultation: str
    question: str
    round: int
    role: str
    position: str
    agency: str
    documents: tuple[str, ...]
    facts: Facts
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """The body answered `agree`, `object` or `other`; `late`: after its term, while the answer was still open.

    `receipt` names the record of a body that answered from another installation; so it does below.
    """

    kind: ClassVar[str] = "question_answered"
    consultation: str
    question: str
    round: int
    answer: str
    reasoned: bool
    officer: str
    agency: str
    documents: tuple[str, ...]
    late: bool
    at: datetime
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class QuestionSilent:
    """Its term ran out at `due_at`; `meaning` is what the procedure makes of it, `basis` the source of that."""

    kind: ClassVar[str] = "question_silent"
    consultation: str
    question: str
    round: int
    meaning: str
    basis: str | None
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """It was open and is no longer waited for: `enough` is known, `passed_over` by an officer, or its state `left`."""

    kind: ClassVar[str] = "question_closed"
    consultation: str
    question: str
    round: int
    cause: str
    officer: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class LateReplyKept:
    """A reply came after its question was settled without it: kept as evidence, and nothing else changes."""

    kind: ClassVar[str] = "late_reply_kept"
    consultation: str
    question: str
    round: int
    answer: str
    reasoned: bool
    officer: str
    agency: str
    documents: tuple[str, ...]
    at: datetime
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class ConsultationFinished:
    """Enough is known: `outcome` (`consent`, `objection`, `incomplete`) became the fact `<consultation>_outcome`."""

    kind: ClassVar[str] = "consultation_finished"
    consultation: str
    round: int
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsultationCancelled:
    """Its state was left before enough was known."""

    kind: ClassVar[str] = "consultation_cancelled"
    consultation: str
    round: int
    at: datetime
