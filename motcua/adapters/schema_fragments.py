"""The shape of fragments: pieces that procedures share, written once, with parameters."""

from typing import Annotated, Any

from pydantic import Field

from motcua.adapters.schema_consultations import ConsultationShape
from motcua.adapters.schema_procedure import (
    CitationShape,
    DocumentShape,
    FactShape,
    FeeShape,
    FragmentRefShape,
    PartyShape,
    RoleShape,
    StateShape,
    TransitionShape,
)
from motcua.adapters.schema_terms import ExtensionShape, SuspensionShape
from motcua.adapters.schema_types import Id, LabelShape, Shape

LISTS = (
    "legal_basis",
    "facts",
    "parties",
    "roles",
    "separation_of_duties",
    "documents",
    "fees",
    "suspensions",
    "extensions",
    "consultations",
    "states",
    "transitions",
)
"""What a fragment can contribute: each list is joined with the one of the procedure."""

PARAMETER = r"\$([a-z][a-z0-9_]{0,63})"
"""A text that is a parameter and nothing else; in a list, an argument that is a list takes its place item by item."""


class FragmentIdentityShape(Shape):
    """Name and version of a fragment, and whether its entries stand before or after the procedure's own."""

    id: Id
    version: Annotated[int, Field(ge=1, le=9_999)]
    label: LabelShape
    first: bool = Field(default=False, description="Whether its entries stand before the procedure's own.")


class ParameterShape(Shape):
    """What a procedure fills in; without a default it must. The example is what the fragment is judged with."""

    id: Id
    label: LabelShape
    example: Any
    default: Any = None


class FragmentHead(Shape):
    """The part of a fragment that is read before its parameters are filled in."""

    fragment: FragmentIdentityShape
    parameters: list[ParameterShape] = Field(default_factory=list)


class FragmentFile(FragmentHead):
    """A piece of procedures; `$name` stands for the parameter `name`."""

    use: list[FragmentRefShape] = Field(default_factory=list)
    legal_basis: list[CitationShape] = Field(default_factory=list)
    facts: list[FactShape] = Field(default_factory=list)
    parties: list[PartyShape] = Field(default_factory=list)
    roles: list[RoleShape] = Field(default_factory=list)
    separation_of_duties: list[list[Id]] = Field(default_factory=list)
    documents: list[DocumentShape] = Field(default_factory=list)
    fees: list[FeeShape] = Field(default_factory=list)
    suspensions: list[SuspensionShape] = Field(default_factory=list)
    extensions: list[ExtensionShape] = Field(default_factory=list)
    consultations: list[ConsultationShape] = Field(default_factory=list)
    states: list[StateShape] = Field(default_factory=list)
    transitions: list[TransitionShape] = Field(default_factory=list)


class UsesFile(Shape):
    """The list of fragments alone: it is read before anything else of a procedure is judged."""

    use: list[FragmentRefShape] = Field(default_factory=list)


def with_parameters(body: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of fragments so that `$name` may stand in place of any value of the pieces."""
    plain = {"FragmentIdentityShape", "ParameterShape"}
    defs = {name: part if name in plain else _open(part) for name, part in body["$defs"].items()}
    defs["Parameter"] = {
        "type": "string",
        "pattern": f"^{PARAMETER}$",
        "description": "Stands for what the procedure fills in.",
    }
    return {**body, "$defs": defs}


def _open(part: dict[str, Any]) -> dict[str, Any]:
    opened = dict(part)
    if "properties" in part:
        opened["properties"] = {key: _either(value) for key, value in part["properties"].items()}
    return opened


def _either(value: dict[str, Any]) -> dict[str, Any]:
    inner = {**value, "items": _either(value["items"])} if isinstance(value.get("items"), dict) else value
    return {"anyOf": [inner, {"$ref": "#/$defs/Parameter"}]}
