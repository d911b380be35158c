"""The shape of a mass order: who signed it, what it does to which clocks, which dossiers it is about."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from motcua.adapters.schema_procedure import Day
from motcua.adapters.schema_types import CitationId, Code, Id, LabelShape, Shape, TermShape, Words, shown


def _moment(text: str) -> str:
    try:
        at = datetime.strptime(text, "%Y-%m-%dT%H:%M%z")
    except ValueError:
        raise PydanticCustomError("moment", "{given}", {"given": shown(text)}) from None
    if len(text) != len("2026-09-08T07:30+07:00") or at.tzinfo is None:
        raise PydanticCustomError("moment", "{given}", {"given": shown(text)})
    return text


Moment = Annotated[
    str, AfterValidator(_moment), Field(description="A minute with its offset, as 2026-09-08T07:30+07:00.")
]


class InstrumentShape(Shape):
    """The signed paper."""

    number: Words
    signed: Day
    signer: Words
    basis: Words = Field(description="The law that lets the signer do this.")
    source: Words = Field(description="Where the text can be read.")
    verified: bool = Field(description="True only when somebody read it there.")


class SpanShape(Shape):
    """From an instant, inclusive, to another, exclusive."""

    since: Moment | None = None
    before: Moment | None = None


class FilterShape(Shape):
    """Which dossiers; what is not named leaves nothing out."""

    agencies: list[Code] = Field(default_factory=list, max_length=1_000)
    below: bool = True
    procedures: list[Code] = Field(default_factory=list, max_length=1_000)
    states: list[Id] = Field(default_factory=list, max_length=1_000)
    public: list[Annotated[int, Field(ge=1, le=10)]] = Field(default_factory=list)
    opened: SpanShape = Field(default_factory=SpanShape)
    accepted: SpanShape = Field(default_factory=SpanShape)


class OrderShape(Shape):
    """One order."""

    id: CitationId
    kind: Literal["suspend", "extend", "reverse"]
    instrument: InstrumentShape
    cause: LabelShape
    since: Moment = Field(description="When it takes effect; it may lie before the signature.")
    until: Moment | None = Field(default=None, description="Of a suspension: its end; null: until reversed.")
    term: TermShape | None = Field(default=None, description="What an extension adds.")
    clocks: list[Literal["legal", "committed", "steps"]] = Field(default_factory=list)
    later: bool | None = Field(
        default=None, description="Whether it reaches dossiers opened after it took effect."
    )
    filter: FilterShape | None = None
    tell: bool = Field(default=True, description="Whether each applicant is told.")
    reverses: CitationId | None = Field(default=None, description="Of a reversal: the order it takes back.")
    past: Literal["stands", "withdrawn"] | None = Field(
        default=None, description="Of a reversal: whether what the order gave goes too."
    )


class OrderFile(Shape):
    """A mass order."""

    order: OrderShape
