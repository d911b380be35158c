"""Legality: was every recorded move allowed by the rules it cites, and every deadline computed right?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from audit.canonical import canonical
from audit.finding import Finding
from audit.ordered import ordered
from audit.record import AuditRecord, Cause
from audit.replay import Turn, Unreplayable, turns
from audit.rulebook import Rulebook, UnknownRules
from states import events as happened
from states.commands import CLIENT, Command
from states.deadline import InvalidLedger, restanding
from states.dossier import Dossier, evolve
from states.errors import DomainError
from states.events import Event, event_from_wire, event_to_wire
from states.machine import decide
from states.peer import PARTNER
from states.procedure import APPLICANT, SYSTEM
from states.wire import from_wire
from states.world import World

MALFORMED = (AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What data that the engine never wrote can make the engine raise."""
COMMANDS: Mapping[str, type[Command]] = {kind.kind: kind for kind in Command.__args__}
ACTOR_KIND = {
    Cause.OFFICER: "officer",
    Cause.APPLICANT: "applicant",
    Cause.HANDOFF: PARTNER,
    Cause.CLIENT: CLIENT,
    Cause.TIMER: "system",
    Cause.SYSTEM: "system",
}
CLOCK_EVENTS = (
    happened.ClockArmed,
    happened.ClockPaused,
    happened.ClockResumed,
    happened.ClockRestarted,
    happened.ClockExtended,
    happened.ClockRecomputed,
    happened.ClockCredited,
    happened.ClockWithdrawn,
)


def check(records: Sequence[AuditRecord], rules: Rulebook) -> Iterator[Finding]:
    """Yield what is illegal in the records of one dossier, up to the first that cannot be applied."""
    last: Turn | None = None
    try:
        for turn in turns(records):
            last = turn
            yield from check_turn(turn, rules)
    except Unreplayable as error:
        yield from check_unfit(error, records, last, rules)


def check_unfit(
    error: Unreplayable, records: Sequence[AuditRecord], last: Turn | None, rules: Rulebook | None
) -> Iterator[Finding]:
    """Say of the record that cannot be applied whether it is an illegal move, or else why it does not fit."""
    record = next(record for record in records if record.seq == error.facts["seq"])
    if last is not None and rules is not None:
        try:
            event = event_from_wire(record.events[0])
            world = _world(record, rules)
        except (UnknownRules, LookupError, TypeError, ValueError):
            event = None
        if isinstance(event, happened.TransitionFired):
            yield from _move(world, Turn(record, (event,), last.after, last.after), last.after, event)
    yield Finding(record.stream, record.seq, "event", "an event that fits", str(error.facts["reason"]))


def check_turn(turn: Turn, rules: Rulebook) -> Iterator[Finding]:
    """Yield what is illegal about one record, judged by the rules that it cites itself.

    First each event on its own: the move is in the table of the version, its guard holds on the recorded facts,
    who acted held the role on that day, the deadline follows from the whole ledger. Where all of that is right,
    the recorded command is decided again on the state before it, and must give the very same events: that finds
    whatever was left out, added or changed besides.
    """
    try:
        world = _world(turn.record, rules)
    except UnknownRules as error:
        yield _finding(turn, "rules", str(error.facts["digest"]), str(error.facts["reason"]))
        return
    try:
        findings = [*_event_by_event(world, turn), *ordered(world, turn, rules)]
        findings = findings or list(_decided_again(world, turn))
    except (*MALFORMED, DomainError) as error:
        yield _finding(turn, "decision", "events that the rules can judge", f"{type(error).__name__} {error}")
        return
    yield from findings


def _world(record: AuditRecord, rules: Rulebook) -> World:
    return rules.world(record.cfg or "", record.calendars, record.directory or "")


def _event_by_event(world: World, turn: Turn) -> Iterator[Finding]:
    record, dossier = turn.record, turn.before
    pinned = (turn.after.cfg, turn.after.procedure, turn.after.procedure)
    if pinned != (record.cfg, record.procedure, world.procedure.code):
        yield _finding(turn, "version", turn.after.cfg, record.cfg or "-")
    before: Event | None = None
    for event in turn.events:
        if isinstance(event, happened.TransitionFired) and dossier is not None:
            yield from _move(world, turn, dossier, event, before)
        before = event
        if isinstance(event, happened.ApologyIssued) and dossier is not None:
            yield from _signed(world, turn, dossier, event)
        dossier = evolve(dossier, event)
        if isinstance(event, CLOCK_EVENTS):
            yield from _due(world, turn, dossier, event)


def _move(
    world: World,
    turn: Turn,
    dossier: Dossier,
    event: happened.TransitionFired,
    cause: Event | None = None,
) -> Iterator[Finding]:
    """Look the move up in the table, then judge its guard and its actor; *cause* is the event right before it."""
    name = f"{event.transition}#{event.alternative}"
    entry = world.procedure.table.get("|".join(event.source), {}).get(name)
    if dossier.states != event.source or entry is None:
        yield _finding(
            turn, "table", f"{name} from {dossier.configuration}", f"from {'|'.join(event.source)}"
        )
        return
    if (entry.to, entry.exited, entry.entered) != (event.target, event.exited, event.entered):
        yield _finding(turn, "table", f"{name} to {'|'.join(entry.to)}", "|".join(event.target))
        return
    if _by_itself(world, turn, event):
        return
    transition = world.procedure.transition[event.transition]
    facts, chosen = {**dossier.facts, **event.facts}, transition.alternatives[event.alternative]
    for text in (transition.guard, chosen.when):
        if text is not None and not world.procedure.guards[text].evaluate(facts).ok:
            yield _finding(turn, "guard", text, world.procedure.guards[text].evaluate(facts).reason_en)
    if _follows(world, event, cause):
        return
    if event.officer != turn.record.actor or not _held(world, turn, dossier, event.by, transition.by):
        yield _finding(turn, "role", ", ".join(transition.by), f"{turn.record.actor or '-'} as {event.by}")


def _by_itself(world: World, turn: Turn, event: happened.TransitionFired) -> bool:
    """A group that has nothing left to wait for goes on by itself, in the record of whoever moved it there."""
    gathered = {state.gathers for state in world.procedure.states}
    return event is not turn.events[0] and event.by == SYSTEM and event.transition in gathered


def _follows(world: World, event: happened.TransitionFired, cause: Event | None) -> bool:
    """Tell whether the system went on as a consultation finished, or a component was given up, by whoever did that."""
    if isinstance(cause, happened.ChildGivenUp) and cause.again:
        back = world.procedure.component[cause.component].returned
        return (event.transition, event.by, event.officer) == (back, SYSTEM, None)
    if not isinstance(cause, happened.ConsultationFinished):
        return False
    then = world.procedure.consultation[cause.consultation].then
    return (event.transition, event.by, event.officer) == (then, SYSTEM, None)


def _signed(world: World, turn: Turn, dossier: Dossier, event: happened.ApologyIssued) -> Iterator[Finding]:
    extension = world.procedure.extension.get(event.extension)
    role = "-" if extension is None else extension.role
    if extension is None or not _held(world, turn, dossier, role, (role,)):
        yield _finding(turn, "role", role, turn.record.actor or "-")


def _held(world: World, turn: Turn, dossier: Dossier, by: str, allowed: Iterable[str]) -> bool:
    """Tell whether the record's actor held the role on the local day, by position or by the task in hand."""
    if by not in allowed:
        return False
    record = turn.record
    if by in (APPLICANT, SYSTEM):
        return record.actor is None and ACTOR_KIND.get(record.cause) == by
    role = world.procedure.role[by]
    if record.cause is Cause.HANDOFF:
        return record.actor is None and dossier.parties[role.party] == record.agency
    if record.cause is Cause.CLIENT:
        return (record.agency, record.position) == (dossier.parties[role.party], role.position)
    day = world.calendar.local_date(record.at)
    who = record.on_behalf if (record.command or {}).get("mandate") else record.actor
    if who in world.directory.holders(dossier.parties[role.party], role.position, day):
        return True
    return any((task.role, task.assignee) == (by, who) for task in dossier.tasks)


def _due(world: World, turn: Turn, dossier: Dossier, event: Any) -> Iterator[Finding]:
    """Derive the clock from its whole ledger and compare it with what the record promised."""
    clock = dossier.clocks[event.clock]
    try:
        standing = restanding(clock, world.calendars[clock.calendar])
    except (InvalidLedger, KeyError) as error:
        yield _finding(turn, "due", "a ledger whose lines follow one another", f"{event.clock}: {error}")
        return
    due = standing.due
    expected: tuple[object, ...]
    found: tuple[object, ...]
    if isinstance(event, happened.ClockPaused):
        expected, found = (standing.remaining,), (event.remaining,)
    else:
        expected = (None, None, False) if due is None else (due.at, due.day, due.provisional)
        found = (event.due, event.due_date, event.provisional)
    if expected != found:
        yield _finding(turn, "due", f"{event.clock} {_shown(expected)}", f"{event.clock} {_shown(found)}")


def _shown(values: tuple[object, ...]) -> str:
    return " ".join(map(str, values))


def _decided_again(world: World, turn: Turn) -> Iterator[Finding]:
    try:
        command = _command(turn.record)
    except MALFORMED as error:
        yield _finding(turn, "command", "a command of format 1", f"{type(error).__name__} {error}")
        return
    try:
        events = decide(world, turn.before, command, turn.record.at)
    except DomainError as error:
        yield _finding(turn, "refused", error.message("en"), command.kind)
        return
    if events != turn.events or _facts(events) != _facts(turn.events):
        expected, found = _first_difference(events, turn.events)
        yield _finding(turn, "decision", expected, found)


def _command(record: AuditRecord) -> Command:
    """Build the command as it was given, its actor from the head of the record."""
    given = record.command or {}
    actor = {
        "kind": ACTOR_KIND[record.cause],
        "person": record.actor,
        "agency": record.agency,
        "position": record.position,
        "on_behalf": record.on_behalf,
        "mandate": given.get("mandate"),
    }
    built: Command = from_wire(COMMANDS[given["kind"]], {**given, "actor": actor})
    return built


def _facts(events: tuple[Event, ...]) -> list[str]:
    """Write the facts as text, because true and 1 are equal in Python and not in a record."""
    return [canonical(facts) for event in events if (facts := getattr(event, "facts", None))]


def _first_difference(expected: tuple[Event, ...], found: tuple[Event, ...]) -> tuple[str, str]:
    ours = [canonical(event_to_wire(event)) for event in expected]
    theirs = [canonical(event_to_wire(event)) for event in found]
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            return one, other
    longer = max(ours, theirs, key=len)[min(len(ours), len(theirs)) :]
    return (longer[0], "nothing") if len(ours) > len(theirs) else ("nothing", longer[0])


def _finding(turn: Turn, code: str, expected: str, found: str) -> Finding:
    return Finding(turn.record.stream, turn.record.seq, code, expected, found)
