"""The life of a nonconformity as steps: which step follows which, and what the record says of each.

A step is recorded in the stream `registry:<agency>` of the agency that answers for the entry, with the type
`registry`. The dossier's own stream holds what was decided about the dossier, each event folded into its state and
judged again by the auditor; an action on the agency's way of working changes no dossier, outlives those that ended,
and must not raise a version that an officer is looking at. `correction` is for a record that another one puts right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from audit.canonical import digest
from audit.commitment import commit
from audit.record import Auth, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import (
    NewRecord,
    Nonconformity,
    NonconformityStep,
    NonconformityText,
)
from motcua.services.system_records import next_record
from states.errors import DomainError

MAX_TEXT = 4_000


class InvalidStep(DomainError):
    """Nothing was recorded: {reason}. Correct it and try again."""

    vi = "Chưa ghi gì: {reason_vi}. Hãy sửa rồi thực hiện lại."


class Status(StrEnum):
    """How far a nonconformity has come."""

    OPEN = "open"
    CONTAINED = "contained"
    ACTING = "acting"
    CHECKING = "checking"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What can be done with a nonconformity; the values are the kinds of events in the records."""

    @property
    def verb(self) -> str:
        """What people call it: `raise`, `contain`, `cause`, `action`, `check`, `close`."""
        return self.name.lower()

    RAISE = "nonconformity_raised"
    CONTAIN = "nonconformity_contained"
    CAUSE = "nonconformity_cause_found"
    ACTION = "nonconformity_action_set"
    CHECK = "nonconformity_checked"
    CLOSE = "nonconformity_closed"


STREAM = "registry:"
STATUS_WORDS: Mapping[Status, tuple[str, str]] = {
    Status.OPEN: ("mới mở", "open"),
    Status.CONTAINED: ("đã khắc phục tức thời", "contained"),
    Status.ACTING: ("đang hành động", "under action"),
    Status.CHECKING: ("đã kiểm tra, chờ đóng", "checked and to be closed"),
    Status.CLOSED: ("đã đóng", "closed"),
}
STEP_WORDS: Mapping[StepKind, tuple[str, str]] = {
    StepKind.RAISE: ("ghi nhận", "raise it"),
    StepKind.CONTAIN: ("khắc phục tức thời", "contain it"),
    StepKind.CAUSE: ("ghi nguyên nhân", "record the cause"),
    StepKind.ACTION: ("đặt hành động khắc phục", "set a corrective action"),
    StepKind.CHECK: ("kiểm tra hiệu lực", "check the effect"),
    StepKind.CLOSE: ("đóng", "close it"),
}
AFTER: Mapping[StepKind, frozenset[Status]] = {
    StepKind.RAISE: frozenset(),
    StepKind.CONTAIN: frozenset({Status.OPEN}),
    StepKind.CAUSE: frozenset({Status.CONTAINED, Status.ACTING, Status.CHECKING}),
    StepKind.ACTION: frozenset({Status.CONTAINED, Status.ACTING, Status.CHECKING}),
    StepKind.CHECK: frozenset({Status.ACTING, Status.CHECKING}),
    StepKind.CLOSE: frozenset({Status.CHECKING}),
}
"""By step, the statuses in which it is possible: raising begins an entry; an action without effect leads to another."""

LEADS_TO: Mapping[StepKind, Status | None] = {
    StepKind.RAISE: Status.OPEN,
    StepKind.CONTAIN: Status.CONTAINED,
    StepKind.CAUSE: None,
    StepKind.ACTION: Status.ACTING,
    StepKind.CHECK: Status.CHECKING,
    StepKind.CLOSE: Status.CLOSED,
}
"""By step, the status after it; None leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A nonconformity with its steps; `procedure` is that of its dossier."""

    row: Nonconformity
    procedure: str
    steps: tuple[NonconformityStep, ...]

    @property
    def status(self) -> Status:
        """How far it has come."""
        return Status(self.steps[-1].status) if self.steps else Status.OPEN

    @property
    def possible(self) -> tuple[StepKind, ...]:
        """The steps that its status allows."""
        return tuple(kind for kind in StepKind if self.status in AFTER[kind])

    def last(self, kind: StepKind) -> NonconformityStep | None:
        """Return the last step of a kind."""
        return next((step for step in reversed(self.steps) if step.kind == kind), None)

    @property
    def actors(self) -> frozenset[str]:
        """Everybody who set an action or was made its owner, in whichever round."""
        acted = [step for step in self.steps if step.kind == StepKind.ACTION]
        return frozenset({*(step.officer for step in acted), *(str(step.facts["owner"]) for step in acted)})


def digest_of(step: NonconformityStep) -> str:
    """Return the digest of what a step says; its record holds the same one, so that neither changes alone."""
    return digest(_said(step.nonconformity, step.number, step.kind, step.status, step.officer, step.facts))


def recorded(
    house: Installation,
    entry: Entry,
    kind: StepKind,
    officer: str,
    facts: Mapping[str, Any],
    text: NonconformityText | None,
    at: datetime,
    auth: Auth | None,
) -> tuple[NonconformityStep, NewRecord]:
    """Return the next step of an entry and its record, ready to store together."""
    status = LEADS_TO[kind] or entry.status
    number = len(entry.steps) + 1
    said = _said(entry.row.id, number, kind.value, status.value, officer, facts)
    record = next_record(
        house,
        f"{STREAM}{entry.row.agency}",
        RecordType.REGISTRY,
        event={**said, "digest": digest(said)},
        at=at,
        actor=officer,
        auth=auth,
        procedure=entry.procedure,
    )
    place = (record.stream, record.seq, record.at)
    step = NonconformityStep(
        entry.row.id, number, kind.value, status.value, officer, facts, *place, text=text
    )
    return step, record


def written(house: Installation, text: str | None) -> NonconformityText | None:
    """Return what a person wrote with a salt of its own. Raises: InvalidStep."""
    if text is None:
        return None
    value = normalize("NFC", text.strip())
    if not value or len(value) > MAX_TEXT or "\0" in value:
        reason, vi = f"a text of 1 to {MAX_TEXT} characters", f"cần văn bản từ 1 đến {MAX_TEXT} ký tự"
        raise InvalidStep(reason=f"it needs {reason}", reason_vi=vi)
    return NonconformityText(house.new_salt().hex(), value)


def commitment(text: NonconformityText | None) -> dict[str, str]:
    """Return what a record says of a text: a commitment to it."""
    return {} if text is None else {"text": commit(text.value, bytes.fromhex(text.salt))}


def _said(
    nonconformity: str, number: int, kind: str, status: str, officer: str, facts: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "nonconformity": nonconformity,
        "number": number,
        "status": status,
        "officer": officer,
        "facts": dict(facts),
    }
