"""What the API answers with about dossiers; instants are local with their offset, labels in both languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """What every answer is: no field beside those that are described."""

    model_config = ConfigDict(extra="forbid")


class Words(Answer):
    """A label."""

    vi: str
    en: str


Instant = Annotated[str, Field(examples=["2026-03-02T08:00:00+07:00"])]
Code = Annotated[str, Field(examples=["H99.05-260302-0001"])]


class ProcedureOf(Answer):
    """The version of its procedure that a dossier is pinned to."""

    code: str
    version: str
    name: Words


class AgencyOf(Answer):
    """The agency that leads a dossier."""

    code: str
    name: str


class StateOf(Answer):
    """A state that the dossier is in."""

    id: str
    label: Words


class Custody(Answer):
    """Who is responsible now."""

    kind: str
    party: str


class Handoff(Answer):
    """What was handed over, or offered."""

    state: str
    number: int
    via: str
    status: str
    sender: str
    receiver: str
    carrier: str | None
    receipt: str | None
    offered_at: Instant | None
    delivered_at: Instant | None
    acknowledged_at: Instant | None
    answered_at: Instant | None


class Task(Answer):
    """A task that is open; `assignee` is an opaque id, null while nobody has taken it."""

    id: str
    state: str
    label: Words
    role: str
    position: str
    agency: str
    assignee: str | None
    created_at: Instant


class Component(Answer):
    """A component of a group."""

    component: str
    procedure: str
    agency: str
    status: str
    dossier: Code | None
    outcome: str | None


class Dossier(Answer):
    """A dossier as it stands; its applicant is not told here."""

    code: Code
    version: int = Field(description="Grows with what people and systems do; what the clock does leaves it.")
    seq: int = Field(description="Number of its last record.")
    procedure: ProcedureOf
    agency: AgencyOf
    channel: str
    states: list[StateOf]
    public_status: int
    opened_at: Instant | None
    accepted_at: Instant | None
    completed_at: Instant | None
    due: Instant | None = Field(description="The appointment, else by when the step is due.")
    provisional: bool
    outcome: str | None
    ended: bool
    custody: Custody
    handoffs: list[Handoff]
    tasks: list[Task]
    facts: dict[str, bool | int | str]
    documents: list[str]
    parent: Code | None
    children: list[Component]
    allowed: list[str] = Field(description="What the chart allows next, guards aside.")


class DossierRow(Answer):
    """A dossier in a list."""

    code: Code
    version: int
    seq: int
    procedure: str
    agency: str
    states: list[str]
    public_status: int
    due: Instant | None
    provisional: bool
    ended: bool


class Dossiers(Answer):
    """A page of dossiers, by code; `next` goes into `after` of the next request, null on the last page."""

    items: list[DossierRow]
    next: str | None


class Deed(Answer):
    """What would be recorded, who could."""

    role: str
    label: Words | None
    agency: str | None
    position: str | None
    officers: list[str]


class Action(Answer):
    """What may be sent now, by whom, with which facts, or why not yet."""

    id: str
    kind: str
    label: Words
    by: list[Deed]
    inputs: list[str]
    reason_required: bool
    max_each: str | None
    blocked: Words | None
    mine: bool = Field(description="Whether this client system may send it.")


class Actions(Answer):
    """What may be sent now."""

    version: int
    items: list[Action]


class Segment(Answer):
    """A line of the ledger of a clock."""

    kind: str
    at: Instant
    cause: str
    basis: str | None


class Day(Answer):
    """A day of the computation: minutes that counted, minutes so far, and why."""

    date: str
    minutes: int
    cumulative: int
    working: bool
    paused: bool
    reason: Words
    verified: bool
    draft: bool


class Clock(Answer):
    """A clock, and how its due instant is computed; `minutes` sum up over `days`."""

    id: str
    label: Words
    state: str
    epoch: int
    term: str
    due: Instant | None
    original_due: Instant | None
    provisional: bool
    remaining_minutes: int | None
    working_time: bool
    late: bool
    verified: bool
    holder: str
    fired: list[str]
    segments: list[Segment]
    calendar: str
    calendar_digest: str
    minutes: int
    days: list[Day]


class Clocks(Answer):
    """The clocks of a dossier as of now."""

    items: list[Clock]


class TrailRecord(Answer):
    """A record: what happened, by whom, and its hash in the chain."""

    seq: int
    at: Instant
    type: str
    cause: str
    who: str | None
    on_behalf: str | None
    mandate: str | None = Field(
        description="Number of the paper by which somebody acted on behalf of another."
    )
    position: str | None
    agency: str | None = Field(description="Name of the agency for which somebody acted.")
    events: int
    text: Words
    hash: str


class Trail(Answer):
    """A page of records, the oldest first; `next` goes into `after`, null on the last page."""

    items: list[TrailRecord]
    next: int | None
