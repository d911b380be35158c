"""Rules on one escalation ladder: rungs in order, in working time, and at the top a person."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from states.problem import Problem
from states.procedure import ASSIGNEE, Ladder, Recipient, Rung, Side
from states.soundness.context import Context, unknown
from states.term import WORKING_UNITS, Term, Unit


def twin_rungs(ladder: Ladder, context: Context) -> Iterator[Problem]:
    """Rungs differ in name, for each fires once."""
    seen: set[str] = set()
    for index, rung in enumerate(ladder.rungs):
        if rung.id in seen:
            yield Problem("E-ID-001", ("rungs", index, "id"), {"kind": "rungs", "id": rung.id})
        seen.add(rung.id)


def working_offsets(ladder: Ladder, context: Context) -> Iterator[Problem]:
    """Offsets and acknowledgements are working time: nobody is called at night."""
    for index, rung in enumerate(ladder.rungs):
        if not _is_working(rung.offset):
            yield Problem("E-LADDER-002", ("rungs", index, "at"), {"rung": rung.id})
        if not _is_working(rung.acknowledge):
            yield Problem("E-LADDER-002", ("rungs", index, "acknowledge", "within"), {"rung": rung.id})


def rung_order(ladder: Ladder, context: Context) -> Iterator[Problem]:
    """Rungs are written in the order in which they fire."""
    previous: Fraction | None = None
    for index, rung in enumerate(ladder.rungs):
        instant = _instant(rung, context.day_minutes)
        if instant is not None and previous is not None and instant < previous:
            facts = {"rung": rung.id, "before": ladder.rungs[index - 1].id}
            yield Problem("E-LADDER-001", ("rungs", index, "at"), facts)
        previous = previous if instant is None else instant


def human_top(ladder: Ladder, context: Context) -> Iterator[Problem]:
    """The last one that the last rung tries is a position that a person holds."""
    if not ladder.rungs:
        return
    index, rung = len(ladder.rungs) - 1, ladder.rungs[-1]
    last = rung.to[-1]
    human = context.positions is None or context.positions.get(last.position, True)
    if last.position == ASSIGNEE or not human:
        yield Problem("E-LADDER-003", ("rungs", index, "to", len(rung.to) - 1), {"rung": rung.id})


def known_positions(ladder: Ladder, context: Context) -> Iterator[Problem]:
    """Recipients are the assignee, or positions that exist."""
    if context.positions is None:
        return
    for index, rung in enumerate(ladder.rungs):
        for keys, recipients in ((("to",), rung.to), (("acknowledge", "else"), rung.unacknowledged)):
            for at, recipient in enumerate(recipients):
                if recipient.position not in {*context.positions, ASSIGNEE}:
                    path = ("rungs", index, *keys, at)
                    yield unknown("E-REF-009", path, recipient.position, context.positions)


def answers(ladder: Ladder, context: Context) -> Iterator[Problem]:
    """Where an acknowledgement is asked, silence reaches somebody else."""
    for index, rung in enumerate(ladder.rungs):
        if rung.acknowledge is None:
            continue
        path = ("rungs", index, "acknowledge")
        if not rung.unacknowledged:
            yield Problem("E-LADDER-004", path, {"rung": rung.id})
        elif rung.unacknowledged[0] == rung.to[0]:
            yield Problem("E-LADDER-005", (*path, "else"), {"rung": rung.id})


def circles(ladder: Ladder, context: Context) -> Iterator[Problem]:
    """Silence climbs: it is never escalated back to one whose own silence led there."""
    following: dict[Recipient, Recipient] = {}
    for index, rung in enumerate(ladder.rungs):
        if not rung.unacknowledged or rung.unacknowledged[0] == rung.to[0]:
            continue
        following[rung.to[0]] = rung.unacknowledged[0]
        if _returns(rung.to[0], following):
            path = ("rungs", index, "acknowledge", "else")
            yield Problem("E-LADDER-006", path, {"rung": rung.id, "position": rung.to[0].position})
            return


def _returns(start: Recipient, following: Mapping[Recipient, Recipient]) -> bool:
    here = following.get(start)
    for _ in following:
        if here is None or here == start:
            break
        here = following.get(here)
    return here == start


def _is_working(term: Term | None) -> bool:
    return term is None or term.unit in WORKING_UNITS


def _instant(rung: Rung, day_minutes: int) -> Fraction | None:
    if rung.offset is None:
        return Fraction(0)
    if rung.offset.unit not in WORKING_UNITS:
        return None
    length = rung.offset.amount * (day_minutes if rung.offset.unit is Unit.WORKING_DAYS else 60)
    return -length if rung.side is Side.BEFORE else length
