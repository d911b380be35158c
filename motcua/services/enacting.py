"""Load, catch up with the clock, decide, record; again when somebody else was faster."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from audit.record import Auth, Cause, RecordType
from motcua.services.delegating import check_mandate
from motcua.services.idempotency import Once, answered
from motcua.services.installation import Installation
from motcua.services.ports import Busy, KeyTaken, OutcomeUnknown, PaperDraft, PaperSignature, Stored
from motcua.services.recording import Decided, Personal, Step, record
from motcua.services.timekeeping import load
from states import commands
from states.commands import CLIENT, SYSTEM_ACTOR, Actor, Command, PassDeadline
from states.dossier import Dossier, fold
from states.errors import DomainError
from states.events import Event, OrderLifted, QuestionSilent, TransitionFired
from states.machine import decide
from states.order import ApplyOrder, ReverseOrder
from states.peer import PARTNER
from states.wire import to_wire
from states.world import World

ATTEMPTS = 20
EFFECTS_AT_ONCE = 500

RECORD_TYPE = {
    commands.OpenDossier: RecordType.OPENED,
    commands.FireTransition: RecordType.TRANSITION,
    commands.ExtendTerm: RecordType.CLOCK,
    commands.ClaimTask: RecordType.TASK,
    commands.ReleaseTask: RecordType.TASK,
    commands.ReassignTask: RecordType.TASK,
    commands.AcknowledgeRung: RecordType.RUNG,
    commands.RecomputeClocks: RecordType.CLOCK,
    commands.RebindParties: RecordType.MIGRATED,
    commands.ConfirmNotice: RecordType.NOTICE,
    commands.DraftPaper: RecordType.PAPER,
    commands.SignPaper: RecordType.PAPER,
    commands.DigitiseDocument: RecordType.PAPER,
    commands.ChooseDelivery: RecordType.PAPER,
    commands.MeetChild: RecordType.HANDOFF,
    commands.HearChild: RecordType.HANDOFF,
    commands.GiveUpChild: RecordType.HANDOFF,
    commands.AnswerConsultation: RecordType.CONSULTATION,
    commands.PassOverConsultation: RecordType.CONSULTATION,
    commands.DispatchHandoff: RecordType.HANDOFF,
    commands.DeliverHandoff: RecordType.HANDOFF,
    commands.AcknowledgeHandoff: RecordType.HANDOFF,
    commands.AcceptHandoff: RecordType.HANDOFF,
    commands.ReturnHandoff: RecordType.HANDOFF,
    ApplyOrder: RecordType.CLOCK,
    ReverseOrder: RecordType.CLOCK,
    commands.OwePortal: RecordType.NOTICE,
    commands.FinishHandoff: RecordType.HANDOFF,
}

OWED_TYPE: Mapping[type[Event], RecordType] = {
    TransitionFired: RecordType.TRANSITION,
    QuestionSilent: RecordType.CONSULTATION,
    OrderLifted: RecordType.CLOCK,
}
"""By the first event of what the clock did; all else is a rung."""

CAUSE = {
    "officer": Cause.OFFICER,
    "applicant": Cause.APPLICANT,
    "system": Cause.TIMER,
    PARTNER: Cause.HANDOFF,
    CLIENT: Cause.CLIENT,
}


@dataclass(frozen=True, slots=True)
class Request:
    """A command of somebody on one dossier, with what must not enter its record in the clear.

    Attributes:
        idem: What makes it one that is done once, however often it is asked; None: asked again, it is decided again.
        cause: Given where it does not follow from the actor.
    """

    command: Command
    actor: Actor
    personal: tuple[Personal, ...] = ()
    auth: Auth | None = None
    legal_date: date | None = None
    drafts: tuple[PaperDraft, ...] = ()
    signatures: tuple[PaperSignature, ...] = ()
    idem: Once | None = None
    cause: Cause | None = None


Ask = Callable[[World, Stored, datetime], Request]


def enact(house: Installation, code: str, ask: Ask) -> Stored:
    """Carry out what *ask* wants of the dossier, after everything that the clock owes it.

    Args:
        house: The installation.
        code: The dossier.
        ask: Called with what was loaded and the instant of the decision, again at each attempt, so that choices
            fit what is true then.

    Raises:
        DossierNotFound: No such dossier.
        Busy: Others kept changing it.
        OutcomeUnknown: The connection broke, and without a key nobody can tell whether it was done.
        KeyReused: The key of the request stands for another one.
        DomainError: The command is refused; what the clock owed is recorded all the same.
    """
    for _ in range(ATTEMPTS):
        stored = load(house, code)
        world = house.worlds.of(stored.dossier.cfg)
        now = house.now(stored)
        overdue = owed(world, stored.dossier, now)
        if overdue:
            record(house, [Decided(world, stored, overdue)])
            continue
        request = ask(world, stored, now)
        try:
            moved = _carry_out(house, world, stored, request, now)
        except DomainError as trouble:
            moved = answered(house.store, request.idem, trouble)
        if moved is not None:
            return moved
    raise Busy(what=code)


def _carry_out(
    house: Installation, world: World, stored: Stored, request: Request, now: datetime
) -> Stored | None:
    """Decide and record; None where somebody else was faster."""
    check_mandate(house, request.actor, request.command, stored, now)
    events = decide(world, stored.dossier, request.command, now)
    if not events:
        return stored
    step = step_of(request, events, now)
    [moved] = record(house, [Decided(world, stored, (step,))])
    return moved


def enact_all(house: Installation, wanted: Sequence[tuple[str, Ask]]) -> list[Stored | DomainError]:
    """Carry out what is wanted of several dossiers, each of another one, in one transaction as far as possible.

    A dossier that the clock owes something, or that somebody else changes meanwhile, is enacted by itself.

    Returns:
        In the order of *wanted*: the dossier, or why the command was refused; one refusal stops no other.
    """
    answers: list[Stored | DomainError | None] = [None] * len(wanted)
    decided: dict[int, Decided] = {}
    for number, (code, ask) in enumerate(wanted):
        try:
            stored = load(house, code)
            world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
            if owed(world, stored.dossier, now):
                answers[number] = enact(house, code, ask)
                continue
            request = ask(world, stored, now)
            check_mandate(house, request.actor, request.command, stored, now)
            events = decide(world, stored.dossier, request.command, now)
        except DomainError:
            answers[number] = _again(house, code, ask)  # it says no once more, or knows the key
            continue
        if events:
            decided[number] = Decided(world, stored, (step_of(request, events, now),))
        else:
            answers[number] = stored
    for number, moved in zip(decided, _record_all(house, list(decided.values())), strict=True):
        answers[number] = moved
    return [_again(house, *wanted[n]) if answer is None else answer for n, answer in enumerate(answers)]


def _record_all(house: Installation, decided: Sequence[Decided]) -> list[Stored | None]:
    """Record a batch; None for all where each had better be enacted by itself, because keys stand in the way."""
    try:
        return record(house, decided)
    except KeyTaken:
        return [None] * len(decided)
    except OutcomeUnknown:
        if any(step.idem is None for item in decided for step in item.steps):
            raise
        return [None] * len(decided)


def _again(house: Installation, code: str, ask: Ask) -> Stored | DomainError:
    try:
        return enact(house, code, ask)
    except DomainError as error:
        return error


def owed(world: World, dossier: Dossier, now: datetime) -> tuple[Step, ...]:
    """Return what the clock owes the dossier up to *now*, in the order it fell due, a record for each."""
    steps: list[Step] = []
    while len(steps) < EFFECTS_AT_ONCE and (events := decide(world, dossier, PassDeadline(), now)):
        kind = OWED_TYPE.get(type(events[0]), RecordType.RUNG)
        steps.append(Step(kind, Cause.TIMER, SYSTEM_ACTOR, {"kind": PassDeadline.kind}, events, now))
        dossier = fold(dossier, events, by_person=False)
    return tuple(steps)


def step_of(request: Request, events: tuple[Event, ...], now: datetime) -> Step:
    """Return the step that records a command."""
    command = request.command
    plain = {"kind": command.kind, **to_wire(command)}
    plain.pop("actor", None)
    if request.actor.mandate is not None:
        plain["mandate"] = to_wire(request.actor.mandate)
    return Step(
        RECORD_TYPE[type(command)],
        request.cause or CAUSE[request.actor.kind],
        request.actor,
        plain,
        events,
        now,
        personal=request.personal,
        auth=request.auth,
        legal_date=request.legal_date,
        drafts=request.drafts,
        signatures=request.signatures,
        idem=request.idem,
    )
