"""The shape of escalation ladders and of the list of positions."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from motcua.adapters.schema_types import Id, LabelShape, RecipientRef, Shape, TermShape, shown


class BeforeShape(Shape):
    """A stretch of working time before the due instant."""

    before: TermShape


class AfterShape(Shape):
    """A stretch of working time after the due instant."""

    after: TermShape


def _rung_time(value: object) -> object:
    if value == "due":
        return value
    if isinstance(value, dict) and list(value) == ["before"]:
        return BeforeShape.model_validate(value)
    if isinstance(value, dict) and list(value) == ["after"]:
        return AfterShape.model_validate(value)
    raise PydanticCustomError(
        "literal_error", "", {"expected": "due | {before: …} | {after: …}", "given": shown(value)}
    )


RungTime = Annotated[
    Any,
    BeforeValidator(_rung_time),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "due"},
                {"type": "object", "maxProperties": 1, "minProperties": 1, "additionalProperties": False,
                 "properties": {"before": {"type": "object"}, "after": {"type": "object"}}},
            ],
            "description": "due, {before: term} or {after: term}, in working time.",
        }
    ),
]  # fmt: skip


class AcknowledgeShape(Shape):
    """Within which working time a recipient must answer, and whom silence reaches."""

    within: TermShape
    silence: list[RecipientRef] = Field(alias="else", default_factory=list)


class RungShape(Shape):
    """One step of a ladder."""

    id: Id
    at: RungTime
    do: list[Literal["notify", "draft_apology", "reassign", "open_nonconformity"]] = Field(min_length=1)
    to: list[RecipientRef] = Field(min_length=1)
    acknowledge: AcknowledgeShape | None = None


class LadderIdentityShape(Shape):
    """Name and version of a ladder."""

    id: Id
    version: Annotated[int, Field(ge=1, le=9_999)]
    label: LabelShape


class LadderFile(Shape):
    """A named, reusable escalation ladder."""

    ladder: LadderIdentityShape
    rungs: list[RungShape] = Field(min_length=1, max_length=50)


Room = Literal["officer", "counter", "supervisor", "leader"]
"""Rooms that a post lets its holder into; designers, auditors and administrators are so by their account."""


class PositionShape(Shape):
    """A position that officers hold; a mailbox is none that a person answers for; `assigns` hands out work.

    `enters` names the rooms of the pages that its holders come into.
    """

    id: Id
    label: LabelShape
    human: bool
    assigns: bool = False
    enters: list[Room] = Field(default_factory=list, max_length=10)


class PositionsFile(Shape):
    """The positions that procedures and ladders may name."""

    positions: list[PositionShape] = Field(min_length=1)
