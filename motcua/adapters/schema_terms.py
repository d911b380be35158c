"""The shape of the terms of procedure.yaml: clocks, and what moves them."""

from typing import Literal

from pydantic import Field

from motcua.adapters.schema_types import Count, Id, LabelShape, LadderRef, Shape, Sourced, TermShape


class CaseClockShape(Sourced):
    """A clock of the whole dossier."""

    term: TermShape | None
    starts: Id
    stops: list[Id] = Field(min_length=1)
    ladder: LadderRef | None = None


class ClocksShape(Shape):
    """What the law allows, and what the agency promises."""

    legal: CaseClockShape | None = None
    committed: CaseClockShape | None = None


class SuspensionShape(Sourced):
    """A legal cause that stops the clocks while a state lasts."""

    id: Id
    cause: LabelShape
    effect: Literal["pause", "restart"]
    max_times: Count | None = None


class ExtensionShape(Sourced):
    """A new appointment with an apology letter; `max_each` is null where the law names no longest single extension."""

    id: Id
    label: LabelShape
    role: Id
    clocks: list[Literal["legal", "committed"]] = Field(min_length=1)
    max_times: Count
    max_each: TermShape | None = None
    letter_before: TermShape | None = None


class StepClockShape(Sourced):
    """The budget of one state."""

    budget: TermShape | None
    ladder: LadderRef | None = None
    on_due: Id | None = None
