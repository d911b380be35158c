"""A consultation as a dossier remembers it: its latest round, question by question."""

from dataclasses import dataclass
from datetime import datetime

NO_MEANING = "nothing"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was put.

    Attributes:
        answer: `agree`, `object` or `other`; None while there is none.
        silent: What its silence means, once its term ran out: `nothing`, `consent` or `objection`.
        closed: Why nobody waits for it any more: `enough`, `passed_over` or `left`.
        late_reply: What came after it was settled, which counts for nothing.
    """

    question: str
    agency: str
    asked_at: datetime
    answer: str | None = None
    silent: str | None = None
    closed: str | None = None
    late_reply: str | None = None

    @property
    def open(self) -> bool:
        """Whether an answer would still count; silence that means nothing leaves it open."""
        return self.answer is None and self.closed is None and self.silent in (None, NO_MEANING)

    @property
    def overdue(self) -> bool:
        """Whether it is open although its term ran out."""
        return self.open and self.silent is not None

    @property
    def standing(self) -> str:
        """What stands, in one word: the answer, what silence made of it, `overdue`, why it was closed, or `open`."""
        if self.answer is not None:
            return self.answer
        if self.closed is not None:
            return self.closed
        if self.silent in (None, NO_MEANING):
            return "overdue" if self.silent else "open"
        return f"silent_{self.silent}"


@dataclass(frozen=True, slots=True)
class Round:
    """One time that a consultation is held.

    Attributes:
        number: From 1, one more each time its state is entered.
        questions: Those that are put in this round, in the file's order.
        asked: Those that were put so far.
        over: Whether it finished or was cancelled.
        outcome: `consent`, `objection` or `incomplete`; None before it finished, and where it was cancelled.
    """

    state: str
    number: int
    questions: tuple[str, ...]
    asked: tuple[Asked, ...] = ()
    over: bool = False
    outcome: str | None = None

    def of(self, question: str) -> Asked | None:
        """Return a question that was put in this round."""
        return next((asked for asked in self.asked if asked.question == question), None)

    @property
    def unasked(self) -> tuple[str, ...]:
        """The questions that are still to be put."""
        put = {asked.question for asked in self.asked}
        return tuple(question for question in self.questions if question not in put)
