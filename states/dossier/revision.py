"""Copy a frozen dataclass with some fields changed, at a tenth of the cost of `dataclasses.replace`.

A dossier is copied for every event of every record, on the hot path of each transition and of every replay. That is why
it has no slots: a dictionary of forty fields is copied in one go, while forty slots are filled one by one.
"""

from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def revise(value: T, **changes: Any) -> T:
    """Return a copy of a frozen dataclass; a name that is no field raises KeyError."""
    kind: Any = type(value)
    names = _names(kind)
    if not changes.keys() <= names:
        raise KeyError(*(changes.keys() - names))
    if hasattr(value, "__dict__"):
        revised: T = object.__new__(kind)
        revised.__dict__.update(value.__dict__, **changes)
        return revised
    made: T = kind(**{name: getattr(value, name) for name in names} | changes)
    return made


@cache
def _names(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))
