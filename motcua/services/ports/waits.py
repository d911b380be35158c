"""What waits for the answer of an agency: offers and questions, as rows that a list reads without opening dossiers."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

OFFER, QUESTION = "offer", "question"


@dataclass(frozen=True, slots=True)
class Wait:
    """An open handoff, or an open question of a consultation; it follows from its dossier.

    Attributes:
        id: The clock that runs for it, also where none does: `handoff:<state>`, `consult:<consultation>/<question>`.
        kind: `offer` or `question`.
        number: Which offer of the state, or which round of the consultation.
        asker: Who sent it; of a question, who leads the dossier.
        answerer: Whose answer is waited for: an agency code, or `applicant`.
        status: How far an offer has come; of a question `open` or `overdue`.
        due: None where it has no term, or its clock is held.
    """

    dossier_id: str
    id: str
    kind: str
    number: int
    asker: str
    answerer: str
    status: str
    since: datetime
    due: datetime | None


class Cursor(NamedTuple):
    """The last row of a page: the next one begins after it."""

    due: datetime | None
    code: str
    id: str


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A row with the code and the procedure of its dossier."""

    wait: Wait
    code: str
    procedure: str

    @property
    def cursor(self) -> Cursor:
        """Its place in the list."""
        return Cursor(self.wait.due, self.code, self.wait.id)


@dataclass(frozen=True, slots=True)
class WaitsWanted:
    """Which rows are asked for.

    Attributes:
        kind: `offer`, `question`, or both when None.
        answerer: Only those that wait for it.
        either: Only those that it asked or is to answer.
        without: Not those of this status.
    """

    kind: str | None = None
    answerer: str | None = None
    either: str | None = None
    without: str | None = None
