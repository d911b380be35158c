"""The shape of the consultations of a procedure."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from motcua.adapters.schema_types import (
    CitationId,
    Guard,
    Id,
    LabelShape,
    LadderRef,
    Shape,
    Sourced,
    TermShape,
)

MOST = 50
"""Questions of one consultation."""


def _quorum(value: object) -> object:
    """Check that *value* is `all`, or a number of opinions."""
    if value == "all" or (type(value) is int and 1 <= value <= MOST):
        return value
    raise PydanticCustomError("either", "", {"expected": f"all | 1…{MOST}"})


Quorum = Annotated[
    Any,
    BeforeValidator(_quorum),
    WithJsonSchema(
        {
            "description": "all, or how many opinions are enough once the mandatory ones are there.",
            "anyOf": [{"const": "all"}, {"type": "integer", "minimum": 1, "maximum": MOST}],
        }
    ),
]


class QuestionShape(Sourced):
    """What one body is asked, and what its silence means."""

    id: Id
    label: LabelShape
    role: Id
    ask_if: Guard | None = None
    documents: list[Id] = Field(default_factory=list)
    facts: list[Id] = Field(default_factory=list)
    term: TermShape | None
    ladder: LadderRef | None = None
    mandatory: bool
    silence: Literal["nothing", "consent", "objection"]
    silence_source: CitationId | None = None


class ConsultationShape(Shape):
    """Opinions of other bodies, asked for while a state lasts."""

    id: Id
    label: LabelShape
    order: Literal["parallel", "sequential"]
    quorum: Quorum
    then: Id
    ask: list[QuestionShape] = Field(min_length=1, max_length=MOST)
