"""One field that may change: what people call it, how it is told, whom it concerns, what it is compared by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from states.differences import wording as say
from states.differences.difference import Audience
from states.differences.wording import Names, Told
from states.procedure import Label

APPLICANT, OFFICER, LEADER, AUDITOR = Audience
EVERYBODY = tuple(Audience)
INSIDE = (OFFICER, LEADER, AUDITOR)
Key = Callable[[Names, Any], object]


def as_it_is(names: Names, value: Any) -> object:
    """Compare a value as it stands."""
    return value


def unordered(names: Names, value: Any) -> object:
    """Compare a list whose order means nothing."""
    return frozenset(value)


def family(names: Names, value: Any) -> object:
    """Compare a ladder by its name; that its version rose is told once, of the ladder itself."""
    return names.families.get(value, value)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One field of a kind of part.

    Attributes:
        field: Its name, with dots where it lies deeper.
        audiences: Whom its change concerns in any case.
        acting: Whether it also concerns those who act in the part.
        brief: Whether it is told of a part that is new.
        key: What two values are compared by.
    """

    field: str
    name: Label
    told: Told
    audiences: tuple[Audience, ...]
    acting: bool = False
    brief: bool = False
    key: Key = as_it_is

    def value(self, item: Any) -> Any:
        """Return the value of the field; None where what it lies in is missing."""
        for part in self.field.split("."):
            item = None if item is None else getattr(item, part)
        return item


LABEL = Aspect("label", Label("tên gọi", "name"), say.label, (OFFICER,), acting=True)
VERIFIED = (
    Aspect("source", Label("căn cứ", "source"), say.text, (AUDITOR,)),
    Aspect("verified", Label("đã đối chiếu văn bản", "verified in the text"), say.flag, (AUDITOR,)),
)
