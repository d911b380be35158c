"""What `MemoryStore` holds, and how one change enters it: as a whole or not at all."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime

from motcua.services.ports import (
    Account,
    Adopted,
    AlreadyWritten,
    Answer,
    Beat,
    Change,
    Client,
    ClockHold,
    Delegation,
    Delivery,
    FiredRung,
    KeptShares,
    KeyTaken,
    NewRecord,
    Nonconformity,
    NonconformityStep,
    NumberTaken,
    OrderRow,
    OutboxMessage,
    PaperDraft,
    PaperSignature,
    Pending,
    PersonalValue,
    PublishedVersion,
    Rating,
    RungDoubled,
    SavedFilter,
    Session,
    Webhook,
)

Series = tuple[str, str, int, int]


@dataclass(slots=True)
class Message:
    """A message of the outbox with what the store knows of its delivery."""

    message: OutboxMessage
    order: tuple[int, int]
    next_at: datetime
    status: str = "pending"


@dataclass(slots=True)
class State:
    """Everything a transaction may change; a failed one puts the copy it took back."""

    heads: dict[str, Change] = field(default_factory=dict)
    streams: dict[str, list[NewRecord]] = field(default_factory=dict)
    wakes: dict[str, datetime] = field(default_factory=dict)
    rungs: dict[tuple[str, str, int, str], FiredRung] = field(default_factory=dict)
    outbox: dict[str, Message] = field(default_factory=dict)
    nonconformities: dict[str, Nonconformity] = field(default_factory=dict)
    steps: dict[tuple[str, int], NonconformityStep] = field(default_factory=dict)
    values: dict[tuple[str, int, str], PersonalValue] = field(default_factory=dict)
    versions: dict[str, PublishedVersion] = field(default_factory=dict)
    adoptions: list[Adopted] = field(default_factory=list)
    orders: dict[str, OrderRow] = field(default_factory=dict)
    ratings: dict[str, Rating] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    papers: dict[Series, PaperDraft] = field(default_factory=dict)
    signatures: dict[Series, PaperSignature] = field(default_factory=dict)
    beats: dict[str, Beat] = field(default_factory=dict)
    holds: dict[int, ClockHold] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)
    identities: dict[tuple[str, str], str] = field(default_factory=dict)
    sign_ins: dict[str, Pending] = field(default_factory=dict)
    shares: dict[str, KeptShares] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    log: list[NewRecord] = field(default_factory=list)
    filters: dict[tuple[str, str], SavedFilter] = field(default_factory=dict)
    tries: dict[tuple[str, int], int] = field(default_factory=dict)

    def copy(self) -> "State":
        """Return a copy that shares only frozen values."""
        copied = State(**{name: getattr(self, name).copy() for name in self.__slots__})
        copied.streams = {stream: rows.copy() for stream, rows in self.streams.items()}
        copied.outbox = {name: replace(message) for name, message in self.outbox.items()}
        return copied


def accept(state: State, change: Change) -> bool:
    """Enter a change, or return False and leave everything as it is; a double spoils the state it is given."""
    known = state.heads.get(change.id)
    if not _expected(state, change, known) or not _deliverable(state, change):
        return False
    given = [state.delegations.get(id) for id in change.mandates]
    if not all(one is not None and one.in_force(change.at) for one in given):
        return False
    tasks = change.tasks if change.tasks is not None else known.tasks if known else None
    waits = change.waits if change.waits is not None else known.waits if known else None
    first = known or change  # the parts of the code are given once, when the dossier is new
    state.heads[change.id] = replace(change, tasks=tasks, waits=waits, day=first.day, number=first.number)
    set_wake(state, change.id, change.wake_at)
    for record in change.records:
        rows = state.streams.setdefault(record.stream, [])
        _refuse_double(any(row.seq == record.seq for row in rows), "records", change)
        rows.append(record)
        state.log.append(record)
    for rung in change.rungs:
        key = (change.id, rung.clock, rung.epoch, rung.rung)
        if key in state.rungs:
            raise RungDoubled(what=change.dossier.code)
        state.rungs[key] = rung
    _add_children(state, change)
    _add_papers(state, change)
    _add_answers(state, change)
    return True


def _expected(state: State, change: Change, known: Change | None) -> bool:
    if change.expected_seq:
        return known is not None and known.seq == change.expected_seq
    taken = {(c.agency, c.day, c.number) for c in state.heads.values()}
    codes = {c.dossier.code for c in state.heads.values()}
    return not (known or change.dossier.code in codes or (change.agency, change.day, change.number) in taken)


def _deliverable(state: State, change: Change) -> bool:
    sent = [state.outbox.get(message) for message in change.delivered]
    if any(kept is None or kept.status != "pending" for kept in sent):
        return False
    for kept in sent:
        assert kept is not None
        kept.status = "sent"
    return True


def _add_children(state: State, change: Change) -> None:
    for place, notice in enumerate(change.notices):
        _refuse_double(notice.id in state.outbox, "outbox", change)
        told = replace(notice, payload=deepcopy(dict(notice.payload)))
        state.outbox[notice.id] = Message(OutboxMessage(told, 0), (change.seq, place), notice.created_at)
    for row in change.nonconformities:
        _refuse_double(row.id in state.nonconformities, "nonconformities", change)
        state.nonconformities[row.id] = row
    for value in change.values:
        key = (change.id, value.seq, value.field)
        _refuse_double(key in state.values, "personal_data", change)
        state.values[key] = value


def _add_answers(state: State, change: Change) -> None:
    for answer in change.answers:
        if answer.idem in state.answers:
            raise KeyTaken(what=change.dossier.code)
        state.answers[answer.idem] = answer


def series(paper: PaperDraft | PaperSignature) -> Series:
    """Return what no two papers share."""
    return paper.agency, paper.form, paper.year, paper.number


def _add_papers(state: State, change: Change) -> None:
    for draft in change.papers:
        causes = {known.cause for known in state.papers.values() if known.cause is not None}
        if series(draft) in state.papers or draft.cause in causes:
            raise NumberTaken(what=change.dossier.code)
        state.papers[series(draft)] = draft
    for signed in change.signatures:
        _refuse_double(series(signed) in state.signatures, "paper_signatures", change)
        state.signatures[series(signed)] = signed


def set_wake(state: State, dossier_id: str, at: datetime | None) -> None:
    """Set the one wake-up of a dossier, or take it away."""
    if at is None:
        state.wakes.pop(dossier_id, None)
    else:
        state.wakes[dossier_id] = at


def _refuse_double(doubled: bool, table: str, change: Change) -> None:
    if doubled:
        raise AlreadyWritten(table=table, what=change.dossier.code)
