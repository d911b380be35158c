"""The shape of scenarios.yaml: dossiers played through, with what must come of them."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.adapters.schema_types import Id, LabelShape, Like, Note, Shape, TermShape, shown

MINUTE = "%Y-%m-%dT%H:%M"


def _local_minute(text: str) -> str:
    """Local time to the minute in one spelling: no seconds, no offset, every digit."""
    try:
        if datetime.strptime(text, MINUTE).strftime(MINUTE) == text:
            return text
    except ValueError:
        pass
    raise PydanticCustomError("instant", "{given}", {"given": shown(text)})


LocalMinute = Annotated[
    str, AfterValidator(_local_minute), Field(description="Local time, as 2026-03-02T08:30.")
]
FactValue = bool | int | str
_NAME = r"[a-z][a-z0-9_]{0,63}"
_CLOCK = rf"((step:|handoff:|stage:)?{_NAME}|consult:{_NAME}/{_NAME})"
ClockId = Annotated[str, Like(_CLOCK)]
RungRef = Annotated[str, Like(rf"{_CLOCK}/{_NAME}(\.unacknowledged)?")]
QuestionRef = Annotated[str, Like(rf"{_NAME}/{_NAME}")]
ConsultationRef = Annotated[str, Like(rf"{_NAME}(/{_NAME})?")]
ErrorCode = Annotated[str, Like(r"[A-Z][A-Za-z]{0,63}")]
PublicStatus = Annotated[int, Field(ge=1, le=10)]


HandoffStatus = Literal[
    "offered", "dispatched", "delivered", "acknowledged", "accepted", "returned", "cancelled"
]


class ExpectShape(Shape):
    """What must hold after a step; what is not named is not looked at."""

    states: list[Id] | None = None
    public: PublicStatus | None = None
    due: dict[ClockId, LocalMinute | None] | None = None
    provisional: bool | None = None
    late: bool | None = None
    rungs: list[RungRef] | None = None
    notices: list[Id] | None = None
    tasks: list[Id] | None = None
    outcome: Id | None = None
    ended: bool | None = None
    nonconformities: list[Id] | None = None
    remaining: dict[ClockId, int] | None = None
    allowed: list[Id] | None = None
    owed: list[Id] | None = None
    consultations: dict[ConsultationRef, Id | None] | None = None
    custody: Id | None = None
    handoffs: dict[Id, HandoffStatus] | None = None


class StepShape(Shape):
    """One thing that happens: somebody acts, a component is decided or ends, or time passes."""

    at: LocalMinute
    do: Id | None = None
    by: Id | None = None
    sweep: bool = False
    component: Id | None = None
    outcome: Id | None = None
    ended: bool = False
    facts: dict[Id, FactValue] = Field(default_factory=dict)
    documents: list[Id] = Field(default_factory=list)
    reason: Note | None = None
    extension: TermShape | None = None
    question: QuestionRef | None = None
    answer: Id | None = None
    refused: ErrorCode | None = None
    expect: ExpectShape | None = None

    @model_validator(mode="after")
    def _acts_or_waits(self) -> Self:
        kinds = (self.do is not None, self.sweep, self.component is not None)
        told = self.outcome is not None or self.ended
        if sum(kinds) != 1 or (self.do is None) != (self.by is None) or told != (self.component is not None):
            expected = "{do, by} | {component, outcome, ended} | {sweep: true}"
            raise PydanticCustomError("either", "", {"expected": expected})
        return self


class EndsShape(Shape):
    """How the dossier stands at the end."""

    outcome: Id | None = None
    ended: bool | None = None
    states: list[Id] | None = None
    public: PublicStatus | None = None
    late: bool | None = None
    nonconformities: list[Id] | None = None


class ScenarioShape(Shape):
    """One dossier from intake to its end; `routed` where a dispatcher sent it to its agency."""

    id: Id
    title: LabelShape
    routed: bool = False
    opened_at: LocalMinute
    channel: Literal["counter", "postal", "online", "kiosk", "mobile"]
    facts: dict[Id, FactValue] = Field(default_factory=dict)
    documents: list[Id] = Field(default_factory=list)
    steps: list[StepShape] = Field(min_length=1)
    ends: EndsShape | None = None


class ScenariosFile(Shape):
    """The scenarios of one procedure."""

    scenarios: list[ScenarioShape] = Field(min_length=1)
