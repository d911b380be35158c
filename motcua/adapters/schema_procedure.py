"""The shape of procedure.yaml."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from motcua.adapters.schema_consultations import ConsultationShape
from motcua.adapters.schema_group import ComponentShape
from motcua.adapters.schema_liaison import HandoffShape, StageShape
from motcua.adapters.schema_terms import ClocksShape, ExtensionShape, StepClockShape, SuspensionShape
from motcua.adapters.schema_types import (
    CalendarId,
    CitationId,
    Code,
    Count,
    FragmentRef,
    Guard,
    Id,
    LabelShape,
    Note,
    Shape,
    Sourced,
    Version,
    Words,
    shown,
)


def _real_day(text: str) -> str:
    try:
        if len(text) != 10:
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("day", "{given}", {"given": shown(text)}) from None
    return text


def _real_minute(text: str) -> str:
    try:
        if len(text) != 5:
            raise ValueError
        datetime.strptime(text, "%H:%M")
    except ValueError:
        raise PydanticCustomError("minute", "{given}", {"given": shown(text)}) from None
    return text


Day = Annotated[str, AfterValidator(_real_day), Field(json_schema_extra={"format": "date"})]
Minute = Annotated[
    str, AfterValidator(_real_minute), Field(json_schema_extra={"pattern": "^[0-9]{2}:[0-9]{2}$"})
]


class UseShape(Shape):
    """A fragment, and what its parameters are filled with."""

    fragment: FragmentRef
    given: dict[Id, Any] = Field(alias="with", default_factory=dict)


def _use(value: object) -> object:
    """Read `name@version` as the same with nothing filled in."""
    return {"fragment": value} if isinstance(value, str) else value


_REF_SCHEMA = {"type": "string", "pattern": r"^[a-z][a-z0-9_]{0,63}@[1-9][0-9]{0,3}$"}
FragmentRefShape = Annotated[
    UseShape,
    BeforeValidator(_use),
    WithJsonSchema(
        {
            "description": "name@version, or {fragment: name@version, with: {parameter: value}}.",
            "anyOf": [
                _REF_SCHEMA,
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["fragment"],
                    "properties": {"fragment": _REF_SCHEMA, "with": {"type": "object"}},
                },
            ],
        }
    ),
]


class EffectiveShape(Shape):
    """Local days: the first in force, and the first no longer in force."""

    begins: Day = Field(alias="from")
    until: Day | None = None


class IdentityShape(Shape):
    """Which procedure this is, and which version of it."""

    code: Code
    version: Version
    name: LabelShape
    field: LabelShape
    result: LabelShape
    effective: EffectiveShape


class CitationShape(Shape):
    """A legal instrument the file leans on."""

    id: CitationId
    instrument: Words
    article: Words | None = None
    title: Words | None = None
    source: Note = Field(description="Where the fact comes from, in words.")
    verified: bool


class CutoffShape(Sourced):
    """Accepted after this local time counts as accepted on the next working day."""

    after: Minute


class CalendarShape(Shape):
    """Which working calendar counts."""

    use: CalendarId
    cutoff: CutoffShape | None = None


class FactShape(Shape):
    """A non-personal value that guards may read."""

    id: Id
    type: Literal["boolean", "integer", "text"]
    values: list[Words] = Field(default_factory=list)
    label: LabelShape


class PartyShape(Shape):
    """An abstract agency that takes part."""

    id: Id
    kind: Id
    resolve: Literal["competent", "parent", "only", "receiving"]
    label: LabelShape


class RoleShape(Shape):
    """A position in a party, and how tasks reach its holders."""

    id: Id
    party: Id
    position: Id
    assign: Literal["pool", "least_loaded", "same_officer", "head_assigns"]
    label: LabelShape


class DocumentShape(Sourced):
    """A paper of the dossier."""

    id: Id
    name: LabelShape
    required: bool | None = None
    required_if: Guard | None = None
    copies: Count | None = None


class FeeShape(Sourced):
    """A fee in whole đồng."""

    id: Id
    name: LabelShape
    amount: Annotated[int, Field(ge=0, le=10**12)] | None = None


class StateShape(Shape):
    """One state; compound and parallel ones hold states of their own."""

    id: Id
    label: LabelShape
    public: Annotated[int, Field(ge=1, le=10)] | None = None
    holder: Id | None = None
    initial: bool = False
    final: bool = False
    parallel: bool = False
    done: Id | None = None
    clock: StepClockShape | None = None
    no_clock: LabelShape | None = None
    suspends: Id | None = None
    outcome: Id | None = None
    gathers: Id | None = None
    awaits: list[Id] = Field(default_factory=list)
    consultation: Id | None = None
    stage: Id | None = None
    handoff: HandoffShape | None = None
    states: "list[StateShape]" = Field(default_factory=list)


class ChoiceShape(Shape):
    """One alternative: a condition and its target, or the last resort."""

    when: Guard | None = None
    to: Id | None = None
    otherwise: Id | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = (self.when is not None, self.to is not None, self.otherwise is not None)
        if given not in ((True, True, False), (False, False, True)):
            raise PydanticCustomError("either", "", {"expected": "{when, to} | {otherwise}"})
        return self


class TransitionShape(Shape):
    """What somebody can do in its source states."""

    id: Id
    label: LabelShape
    sources: list[Id] = Field(alias="from", min_length=1)
    to: Id | None = None
    choose: list[ChoiceShape] | None = Field(default=None, min_length=1)
    by: list[Id] = Field(min_length=1)
    when: Guard | None = None
    inputs: list[Id] = Field(default_factory=list)
    reason: Literal["required"] | None = None
    emits: list[Id] = Field(default_factory=list)
    recalls: bool = False

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.to is None) == (self.choose is None):
            raise PydanticCustomError("either", "", {"expected": "to | choose"})
        return self


class ProcedureFile(Shape):
    """One version of a procedure, as its designer writes it."""

    schema_version: Literal["1.0"]
    procedure: IdentityShape
    use: list[FragmentRefShape] = Field(default_factory=list)
    legal_basis: list[CitationShape] = Field(min_length=1)
    calendar: CalendarShape
    facts: list[FactShape] = Field(default_factory=list)
    parties: list[PartyShape] = Field(min_length=1)
    roles: list[RoleShape] = Field(min_length=1)
    separation_of_duties: list[list[Id]] = Field(default_factory=list)
    documents: list[DocumentShape] = Field(default_factory=list)
    fees: list[FeeShape] = Field(default_factory=list)
    clocks: ClocksShape
    suspensions: list[SuspensionShape] = Field(default_factory=list)
    extensions: list[ExtensionShape] = Field(default_factory=list)
    components: list[ComponentShape] = Field(default_factory=list)
    recall: Id | None = None
    consultations: list[ConsultationShape] = Field(default_factory=list)
    stages: list[StageShape] = Field(default_factory=list)
    states: list[StateShape] = Field(min_length=1)
    transitions: list[TransitionShape] = Field(min_length=1)
