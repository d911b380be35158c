"""Whose every second was: from what a dossier was after each of its records, without a gap and without an overlap.

In a parallel block the time goes to the branch that finished last, which is known afterwards only; while the block
is open, to the branch whose step is due last. Within its branch it goes to whoever had custody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from states.calendar import BusinessCalendar
from states.custody import Custodian, Custody, charged, consulted_in, custodian, holder_of, unfinished
from states.dossier import HANDOFF, STEP, Dossier, Passage
from states.procedure import Handoff, Procedure
from states.term import WORKING_UNITS, Term, Unit
from states.world import World

MICROSECOND = timedelta(microseconds=1)
STEP_STAGE, HANDOFF_STAGE, CONSULT_STAGE = "step", "handoff", "consultation"

Moment = tuple[datetime, Dossier]
"""A dossier as it was from an instant on, until the next."""


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of time with its one responsible party.

    Attributes:
        start, end: Inclusive, exclusive.
        state: The leaf that the time is charged to.
        stage: `step` while the party worked in the state, `handoff` while it waited for another to accept,
            `consultation` while it was asked.
        awaits: Whose answer was waited for in the stage `handoff`; of `consultation`, the question.
        visit: Which stay in the state, or which offer of it.
    """

    start: datetime
    end: datetime
    who: Custodian
    state: str
    stage: str
    awaits: str | None
    visit: int

    @property
    def microseconds(self) -> int:
        """How long it was, without any rounding."""
        return (self.end - self.start) // MICROSECOND


@dataclass(frozen=True, slots=True)
class Share:
    """What one party had of a dossier's lead time.

    Attributes:
        microseconds: Of the lead time; those of all parties add up to it.
        actual: Working minutes of these on the party's own calendar.
        planned: The budgets and allowances of its stays, in working minutes; None where none has one.
        over: Working minutes by which its stays exceeded theirs.
    """

    who: Custodian
    microseconds: int
    actual: int
    planned: int | None
    over: int


def spans(procedure: Procedure, moments: Sequence[Moment], until: datetime) -> list[Span]:
    """Return who was responsible from the first moment to the end of the dossier, or to *until* while it is open.

    Args:
        procedure: The version that the dossier is pinned to.
        moments: In order of time; of two at one instant the later counts.
        until: The instant looked at, not before the last moment.
    """
    found: list[Span] = []
    for start, end, dossier, leaf in _stretches(procedure, moments, until):
        if start == end:
            continue
        span = _span(procedure, dossier, leaf, start, end)
        if found and replace(span, start=found[-1].start) == replace(found[-1], end=end):
            span = replace(span, start=found.pop().start)
        found.append(span)
    return found


def _span(procedure: Procedure, dossier: Dossier, leaf: str, start: datetime, end: datetime) -> Span:
    passage = dossier.offered(leaf)
    who = holder_of(procedure, dossier, leaf) if leaf else custodian(procedure, dossier)
    if passage is not None:
        return Span(start, end, who, leaf, HANDOFF_STAGE, passage.receiver, passage.number)
    asked = consulted_in(dossier, leaf) if who.kind is Custody.CONSULTED else None
    if asked is not None:
        held = dossier.consultations[asked.question.partition("/")[0]]
        return Span(start, end, who, leaf, CONSULT_STAGE, asked.question, held.number)
    clock = dossier.clocks.get(f"{STEP}{leaf}")
    return Span(start, end, who, leaf, STEP_STAGE, None, 0 if clock is None else clock.epoch)


def _stretches(
    procedure: Procedure, moments: Sequence[Moment], until: datetime
) -> Iterator[tuple[datetime, datetime, Dossier, str]]:
    """Yield start, end, dossier and the leaf that is charged, for each moment."""
    moments = _as_it_was(moments)
    for index, (start, dossier) in enumerate(moments):
        if dossier.ended:
            return
        end = moments[index + 1][0] if index + 1 < len(moments) else until
        leaves = unfinished(procedure, dossier.states)
        yield start, end, dossier, _last_of(procedure, moments[index:], leaves, dossier)


def _as_it_was(moments: Sequence[Moment]) -> Sequence[Moment]:
    """Let custody go over when the receiver accepted, also where that was heard of later.

    What else happened here between the two instants stays where it was.
    """
    found: list[Moment] = []
    for at, dossier in moments:
        for passage in dossier.handoffs.values() if found else ():
            if _heard_late(found[-1][1], passage, at):
                found = _accepted_at(found, dossier, passage, passage.answered_at or at)
        found.append((at, dossier))
    return found


def _heard_late(before: Dossier, passage: Passage, at: datetime) -> bool:
    offer = before.offered(passage.state)
    if offer is None or offer.number != passage.number or passage.status != "accepted":
        return False
    return passage.answered_at is not None and passage.answered_at < at


def _accepted_at(moments: list[Moment], after: Dossier, passage: Passage, since: datetime) -> list[Moment]:
    earlier = [moment for moment in moments if moment[0] <= since]
    between = [earlier[-1], *(moment for moment in moments if moment[0] > since)] if earlier else moments
    return [*earlier, *((max(at, since), _taken(was, after, passage)) for at, was in between)]


def _taken(was: Dossier, after: Dossier, passage: Passage) -> Dossier:
    """Return a dossier as it would have been recorded, had the acceptance been heard of at once."""
    offer, step = f"{HANDOFF}{passage.state}", f"{STEP}{passage.state}"
    clocks = {name: clock for name, clock in was.clocks.items() if name != offer}
    if step in after.clocks:
        clocks[step] = after.clocks[step]
    return replace(was, clocks=clocks, handoffs={**was.handoffs, passage.state: passage})


def _last_of(procedure: Procedure, ahead: Sequence[Moment], leaves: tuple[str, ...], dossier: Dossier) -> str:
    """Return the leaf whose branch finishes last, as far as is known."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else ""
    regions = _regions(procedure, leaves)
    open_ones, latest = set(regions), dossier
    for _, later in ahead:
        around = {
            state for leaf in unfinished(procedure, later.states) for state in _lineage(procedure, leaf)
        }
        still = open_ones & around
        if not still:
            break
        open_ones, latest = still, later
        if len(open_ones) == 1:
            break
    last = _due_last(procedure, latest, open_ones)
    inside = tuple(leaf for leaf in leaves if last in _lineage(procedure, leaf))
    return _last_of(procedure, ahead, inside, dossier)


def _due_last(procedure: Procedure, dossier: Dossier, regions: set[str]) -> str:
    """Of branches that finish at one instant, or are open still, take the one that is due last."""
    leaf = charged(dossier, unfinished(procedure, dossier.states)) if len(regions) > 1 else None
    around = () if leaf is None else _lineage(procedure, leaf)
    return next((one for one in sorted(regions) if one in around), min(regions))


def _regions(procedure: Procedure, leaves: Iterable[str]) -> tuple[str, ...]:
    """Return the branches of the outermost block in which the leaves differ."""
    ways = [_lineage(procedure, leaf) for leaf in leaves]
    for level in zip(*ways, strict=False):
        if len(set(level)) > 1:
            return tuple(dict.fromkeys(level))
    return ()


def _lineage(procedure: Procedure, state: str) -> list[str]:
    """Return a state and those around it, from the outside in."""
    found = [state]
    while (parent := procedure.state[found[-1]].parent) is not None:
        found.append(parent)
    return found[::-1]


# Planned against actual


def shares(world: World, found: Iterable[Span]) -> list[Share]:
    """Add up the spans of each party, in the order in which they came to it.

    Raises:
        CalendarHorizonError: A calendar does not reach that far.
    """
    stays: dict[tuple[object, ...], dict[Custodian, list[Span]]] = {}
    sums: dict[Custodian, Share | None] = {}
    for span in found:
        sums.setdefault(span.who, None)
        stays.setdefault(_stay(span), {}).setdefault(span.who, []).append(span)
    for stay in stays.values():
        for one in _shared(world, stay):
            before = sums[one.who]
            sums[one.who] = one if before is None else _both(before, one)
    return [one for one in sums.values() if one is not None]


def _stay(span: Span) -> tuple[object, ...]:
    """Name a stay, which has one budget, whoever took it over by a reorganisation."""
    question = span.awaits if span.stage == CONSULT_STAGE else None
    return span.who.kind, span.state, span.stage, question, span.visit


def _shared(world: World, stay: Mapping[Custodian, Sequence[Span]]) -> Iterator[Share]:
    """Compare one stay with its budget: of what was left of it, an heir has the rest."""
    used = 0
    for number, (who, found) in enumerate(stay.items(), 1):
        calendar = calendar_of(world, who)
        actual = sum(calendar.between(span.start, span.end) for span in found)
        planned = planned_for(world, found[0], calendar)
        if planned is not None:
            rest = max(0, planned - used)
            planned = rest if number == len(stay) else min(rest, actual)
        over = 0 if planned is None else max(0, actual - planned)
        used += actual
        yield Share(who, sum(span.microseconds for span in found), actual, planned, over)


def _both(one: Share, other: Share) -> Share:
    known = [share.planned for share in (one, other) if share.planned is not None]
    return Share(
        one.who,
        one.microseconds + other.microseconds,
        one.actual + other.actual,
        sum(known) if known else None,
        one.over + other.over,
    )


def most_late(found: Iterable[Share]) -> Custodian | None:
    """Return the party whose stays exceeded their budgets the most; None where none did."""
    over = [share for share in found if share.over > 0 and share.who.kind is not Custody.FORCE_MAJEURE]
    return max(over, key=lambda share: share.over).who if over else None


def calendar_of(world: World, who: Custodian) -> BusinessCalendar:
    """Return the calendar of a party: that of an agency, or of a body that is asked, its own; else the procedure's."""
    agency = (
        world.directory.agency.get(who.party) if who.kind in (Custody.AGENCY, Custody.CONSULTED) else None
    )
    return world.calendar if agency is None else world.calendars[agency.calendar]


def planned_for(world: World, span: Span, calendar: BusinessCalendar) -> int | None:
    """Return the budget of a stay in working minutes; None where it has none, or none in working time."""
    declared = world.procedure.state.get(span.state)
    if declared is None or span.who.kind is Custody.FORCE_MAJEURE:
        return None
    if span.stage == CONSULT_STAGE:
        return _minutes(world.procedure.question[span.awaits or ""][1].term, calendar)
    if span.stage == STEP_STAGE:
        return None if declared.clock is None else _minutes(declared.clock.budget, calendar)
    return None if declared.handoff is None else allowance(declared.handoff, calendar)


def allowance(handoff: Handoff, calendar: BusinessCalendar) -> int | None:
    """Return how long a handoff may wait for its receiver, in working minutes; None where nothing is set."""
    terms = [_minutes(term, calendar) for term in (handoff.acknowledge, handoff.accept)]
    known = [minutes for minutes in terms if minutes is not None]
    return sum(known) if known else None


def _minutes(term: Term | None, calendar: BusinessCalendar) -> int | None:
    if term is None or term.unit not in WORKING_UNITS:
        return None
    unit = calendar.definition.day_minutes if term.unit is Unit.WORKING_DAYS else 60
    return term.quarters * unit // 4
