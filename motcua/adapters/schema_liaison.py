"""The shape of what binds agencies together in procedure.yaml."""

from typing import Literal

from pydantic import Field

from motcua.adapters.schema_types import Id, LabelShape, LadderRef, Sourced, TermShape


class HandoffShape(Sourced):
    """Custody goes over to the agency that holds the state once it accepts."""

    via: Literal["data", "post"]
    acknowledge: TermShape | None
    accept: TermShape | None
    ladder: LadderRef | None = None
    returns: Id | None = None
    documents: list[Id] = Field(default_factory=list)


class StageShape(Sourced):
    """What one agency is given for its steps."""

    id: Id
    label: LabelShape
    party: Id
    budget: TermShape | None
    ladder: LadderRef | None = None
