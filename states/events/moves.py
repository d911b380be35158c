"""Opening and moving along the chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

Facts = Mapping[str, bool | int | str]


@dataclass(frozen=True, slots=True)
class Opened:
    """The dossier got its code; `parties` binds the procedure's parties to agency codes, `agency` is the lead."""

    kind: ClassVar[str] = "opened"
    code: str
    procedure: str
    cfg: str
    channel: str
    agency: str
    parties: Mapping[str, str]
    facts: Facts
    documents: tuple[str, ...]
    states: tuple[str, ...]
    public: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TransitionFired:
    """The chart moved from the leaves `source` to the leaves `target`, by the alternative chosen.

    `by` is the role used (`applicant`, `system`), `officer` the person; `suspended` and `lifted` name a suspension
    that began or ended here; `due_at` is set when a clock ran out.
    """

    kind: ClassVar[str] = "transition_fired"
    transition: str
    alternative: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    exited: tuple[str, ...]
    entered: tuple[str, ...]
    public: int
    by: str
    officer: str | None
    facts: Facts
    documents: tuple[str, ...]
    emits: tuple[str, ...]
    outcome: str | None
    ended: bool
    suspended: str | None
    lifted: str | None
    at: datetime
    due_at: datetime | None
