"""One difference between two versions, and whom it concerns."""

from dataclasses import dataclass
from enum import StrEnum

from states.procedure import Label


class Audience(StrEnum):
    """Who reads of a difference."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    LEADER = "leader"
    AUDITOR = "auditor"


class Change(StrEnum):
    """What happened to a part of the procedure."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


_OPENING = {
    Change.ADDED: Label("Thêm ", "New: "),
    Change.REMOVED: Label("Bỏ ", "Gone: "),
    Change.CHANGED: Label("", ""),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was.

    Attributes:
        subject: What kind of part it is, such as `state`.
        id: Its id; empty for the procedure as a whole.
        aspect: Which of its fields changed, with dots; empty where the part came or went as a whole.
        audiences: Whom it concerns.
        what: The part, in words.
        name: The aspect, in words; empty like it.
        before: How it was, in words; None where there was nothing.
        after: How it is, in words; None where there is nothing any more.
    """

    subject: str
    id: str
    aspect: str
    change: Change
    audiences: tuple[Audience, ...]
    what: Label
    name: Label
    before: Label | None
    after: Label | None

    @property
    def text(self) -> Label:
        """The whole sentence."""
        return Label(self._sentence("vi"), self._sentence("en"))

    def _sentence(self, language: str) -> str:
        what, name = getattr(self.what, language), getattr(self.name, language)
        opening = getattr(_OPENING[self.change], language) + what
        values = [getattr(value, language) for value in (self.before, self.after) if value is not None]
        told = " → ".join(value for value in values if value)
        line = ": ".join(part for part in (opening, name, told) if part)
        return line[0].upper() + line[1:]
