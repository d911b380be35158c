"""What the API answers with about procedures."""

from pydantic import Field

from motcua.web.api.models import Answer, Words


class ProcedureRow(Answer):
    """A procedure."""

    code: str
    name: Words
    field: Words
    in_force: str = Field(description="Version that a dossier is opened under today.")


class Procedures(Answer):
    """Procedures with a version in force, by code."""

    items: list[ProcedureRow]


class ProcedureState(Answer):
    """A state; many share one of the ten public statuses."""

    id: str
    label: Words
    public_status: int | None
    kind: str


class ProcedureTransition(Answer):
    """What may be sent; `inputs` are the facts that come with it."""

    id: str
    label: Words
    by: list[str]
    inputs: list[str]


class ProcedureRole(Answer):
    """Who sends it: a position in the agency of a kind."""

    id: str
    label: Words
    position: str
    agency_kind: str


class ProcedureFact(Answer):
    """A declared, non-personal value."""

    id: str
    label: Words
    type: str
    values: list[str]


class ProcedureDocument(Answer):
    """A paper that must or may come with a dossier."""

    id: str
    label: Words


class ProcedureClock(Answer):
    """A term; `verified` only after the text of the law was read."""

    id: str
    label: Words
    verified: bool


class Procedure(Answer):
    """The version of a procedure in force today."""

    code: str
    name: Words
    field: Words
    version: str
    states: list[ProcedureState]
    transitions: list[ProcedureTransition]
    roles: list[ProcedureRole]
    facts: list[ProcedureFact]
    documents: list[ProcedureDocument]
    clocks: list[ProcedureClock]
