"""The shape of the components of a group of procedures."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter, WithJsonSchema

from motcua.adapters.schema_types import Code, Guard, Id, LabelShape, Shape


class FactTellsShape(Shape):
    """A value that a fact of the dossier tells."""

    fact: Id


_CODE, _ID, _FACT = TypeAdapter[str](Code), TypeAdapter[str](Id), TypeAdapter(FactTellsShape)


def _code(value: object) -> object:
    return value if isinstance(value, dict) and _FACT.validate_python(value) else _CODE.validate_python(value)


def _id(value: object) -> object:
    return value if isinstance(value, dict) and _FACT.validate_python(value) else _ID.validate_python(value)


def _schema(named: TypeAdapter[str]) -> dict[str, Any]:
    return {"anyOf": [named.json_schema(), _FACT.json_schema()]}


CodeOrFact = Annotated[Any, BeforeValidator(_code), WithJsonSchema(_schema(_CODE))]
PartyOrFact = Annotated[Any, BeforeValidator(_id), WithJsonSchema(_schema(_ID))]


class TakeShape(Shape):
    """A paper of a component that is the result of an earlier one."""

    document: Id
    source: Id = Field(alias="from")


class ComponentShape(Shape):
    """One procedure of a group: a dossier of its own, with its own agency, term and result."""

    id: Id
    label: LabelShape
    procedure: CodeOrFact
    party: PartyOrFact
    after: list[Id] = Field(default_factory=list)
    condition: Guard | None = Field(alias="if", default=None)
    takes: list[TakeShape] = Field(default_factory=list)
    returned: Id | None = None
