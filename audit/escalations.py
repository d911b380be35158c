"""The recount: which escalations fell due on a dossier, by its records and calendars alone.

This is written apart from the engine that fires them, and shares nothing with it
but the rules as data: procedures, and the days and hours of calendars.

What is due. A clock runs in stretches: from being armed, restarted, extended, resumed or recomputed until the
next of these, a pause or a stop. Each stretch has one due instant, and a rung of the clock's ladder an instant
in working time from it. Within one epoch of the clock (arming, restart and extension begin one):

* A rung is due if its instant is not after the end of a stretch. An officer who stops a clock at the very
  instant of a rung is too late to prevent it. An instant before the stretch began counts: it fires at once.
* A rung before the due instant is void in a stretch where it would lie at or before the beginning of the epoch.
* A clock that closes or moves its dossier when it runs out (`on_due`) is due to do so at its due instant, after
  the rungs and silences of the same instant.
* A question of a consultation is due to be noted as silent at its due instant, once, unless it was settled strictly
  before; where that settles it, the stretches that end with it end at that instant.
* A rung that asked for an acknowledgement is due to be escalated (a silence) at the instant it named, unless
  it was acknowledged, or the epoch ended, or the dossier did, strictly before. A pause does not help.
* When a clock has run out and moved the dossier, belated as that may be, the stretches that the move ends are
  taken to end at the due instant: what would have come later did not fall due.

`missed` is what was due and never fired in its epoch; `doubled` fired twice in one epoch; `early` fired before it
was due, or though it never could be; `misdated` names another due instant than its own; `out_of_order` fired
while something due earlier on the same dossier was still waiting; `mismarked`: see `audit.marks`.

Each record is judged by the calendars it cites, what a changed calendar moved by those of the record before it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from audit.fault import Fault, Recount
from audit.marks import Marks
from audit.record import AuditRecord
from audit.rulebook import Rulebook
from audit.waiting import (
    END,
    END_ORDER,
    PERSON_ORDER,
    QUESTION,
    SILENCE_ORDER,
    SILENT,
    Calendars,
    Key,
    Running,
    waiting_on,
)
from states.procedure import Procedure

SILENCE = ".unacknowledged"
EVER = datetime.max.replace(tzinfo=UTC)


def recount(
    records: Iterable[AuditRecord], rules: Rulebook, until: datetime, in_force: Calendars | None = None
) -> Recount:
    """Count the escalations of one dossier up to *until*, that instant included.

    Args:
        records: Of one dossier, first to last; those after *until* are not looked at.
        rules: What they cite.
        until: The instant up to which everything due must have fired.
        in_force: Calendars at *until*, by id; those of the last record when None.

    Raises:
        UnknownRules: A record cites what is not there.
        KeyError, ValueError: The events make no sense; verify the trail first.
    """
    count = _Count(rules)
    for record in records:
        if record.at > until:
            break
        count.take(record)
    return count.result((until, PERSON_ORDER, ""), in_force)


@dataclass(slots=True)
class _Count:
    """The recount of one dossier while its records are read."""

    rules: Rulebook
    clocks: dict[str, Running] = field(default_factory=dict)
    silences: dict[tuple[str, str], datetime] = field(default_factory=dict)
    calendars: Calendars = field(default_factory=dict)
    before: Calendars = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    stream: str = ""
    seq: int = 0
    at: datetime = datetime.min
    limit: Key = (datetime.min, 0, "")
    due: int = 0
    fired: int = 0
    ends_due: int = 0
    ends_fired: int = 0

    def take(self, record: AuditRecord) -> None:
        """Read one record."""
        self.stream, self.seq, self.at = record.stream, record.seq, record.at
        self.calendars = self.rules.calendars(record.calendars)
        self.before = self.before or self.calendars
        self.limit = (record.at, PERSON_ORDER, "")
        procedure = self.rules.procedure(record.cfg or "")
        for event in record.events:
            self._event(event, procedure)
        self.before = self.calendars

    def _event(self, event: Mapping[str, Any], procedure: Procedure) -> None:
        kind = event["kind"]
        if kind == "clock_armed":
            self._arm(event, procedure)
        elif kind in _CLOCK_CHANGES:
            self._change(kind, self.clocks[event["clock"]], event)
        elif kind in _HEARD:
            _HEARD[kind](self, event)

    # Clocks

    def _arm(self, event: Mapping[str, Any], procedure: Procedure) -> None:
        known = self.clocks.get(event["clock"])
        if known is not None:
            self._close_epoch(known)
        ladder = () if event["ladder"] is None else procedure.ladder[event["ladder"]].rungs
        on_due = SILENT if event["clock"].startswith(QUESTION) else event["on_due"]
        self.clocks[event["clock"]] = Running(
            event["clock"], event["epoch"], event["calendar"], ladder, on_due, datetime.fromisoformat(event["at"]),
            datetime.fromisoformat(event["due"]),
        )  # fmt: skip

    def _change(self, kind: str, clock: Running, event: Mapping[str, Any]) -> None:
        calendars = self.before if kind == "clock_recomputed" else self.calendars
        self._end_stretch(clock, calendars)
        if kind == "clock_withdrawn":
            clock.fired |= self.marks.came_back(clock, event["cause"])
        if kind in ("clock_restarted", "clock_extended", "clock_stopped"):
            self._close_epoch(clock)
            clock.epoch, clock.began = event.get("epoch", clock.epoch), self.at
        due = event.get("due")
        clock.due = None if due is None else datetime.fromisoformat(due)

    def _rebind(self, event: Mapping[str, Any]) -> None:
        """Other agencies hold clocks; only with another calendar does a new stretch begin, never an epoch."""
        for told in event["clocks"]:
            clock = self.clocks[told["clock"]]
            if told["calendar"] != clock.calendar:
                self._end_stretch(clock, self.before)
                clock.calendar = told["calendar"]
                clock.due = None if told["due"] is None else datetime.fromisoformat(told["due"])

    def _order(self, event: Mapping[str, Any]) -> None:
        for place in self.marks.applied(event, self.clocks.values()):
            self.faults.append(Fault("mismarked", self.stream, self.seq, *place, None))

    def _accept(self, event: Mapping[str, Any]) -> None:
        """What was accepted elsewhere counts from then on: within its bounds, with what fired here since marked."""
        due_at = self.marks.counted_from(event, self.at)
        if due_at is not None:
            place = f"handoff:{event['state']}", event["number"], "accepted", due_at
            self.faults.append(Fault("misdated", self.stream, self.seq, *place))
        for where in self.marks.accepted(event):
            self.faults.append(Fault("mismarked", self.stream, self.seq, *where, None))

    def _end_stretch(self, clock: Running, calendars: Calendars) -> None:
        """Note what fell due before or at the end of the stretch and has not fired."""
        for name, key in waiting_on(clock, calendars, self.limit[0]):
            if key <= self.limit:
                clock.owed[name] = key[0]

    def _close_epoch(self, clock: Running) -> None:
        """Settle the accounts of an epoch: what is owed and has not fired was missed."""
        for rung in [rung for clock_id, rung in self.silences if clock_id == clock.id]:
            self._hear(clock.id, rung)
        for name, due_at in clock.owed.items():
            if name not in clock.fired:
                self._fault("missed", clock, name, due_at)
        self.ends_due += END in clock.owed
        self.due += len(clock.owed) - (END in clock.owed)
        clock.fired, clock.owed = set(), {}

    def _hear(self, clock_id: str, rung: str) -> None:
        """A rung no longer waits for an acknowledgement; its silence is owed if it lasted long enough."""
        by = self.silences.pop((clock_id, rung), None)
        if by is not None and (by, SILENCE_ORDER, clock_id) <= self.limit:
            self.clocks[clock_id].owed[rung + SILENCE] = by

    # What fired

    def _reach(self, event: Mapping[str, Any]) -> None:
        clock, name = self.clocks[event["clock"]], event["rung"]
        if event["epoch"] != clock.epoch or name in clock.fired:
            stale = event["epoch"] != clock.epoch
            self._fault("early" if stale else "doubled", clock, name, None)
            return
        self.fired += 1
        self.marks.fired(self.at, clock, name)
        key = self._due_of(clock, name)
        self._judge(clock, name, key, datetime.fromisoformat(event["due_at"]))
        clock.fired.add(name)
        if event["acknowledge_by"] is not None:
            self.silences[clock.id, name] = datetime.fromisoformat(event["acknowledge_by"])

    def _due_of(self, clock: Running, name: str) -> Key | None:
        if name.endswith(SILENCE):
            by = self.silences.pop((clock.id, name.removesuffix(SILENCE)), None)
            return None if by is None else (by, SILENCE_ORDER, clock.id)
        return dict(waiting_on(clock, self.calendars, EVER)).get(name)

    def _judge(self, clock: Running, name: str, key: Key | None, dated: datetime) -> None:
        if key is None or key[0] > self.at:
            self._fault("early", clock, name, None if key is None else key[0])
            return
        clock.owed[name] = key[0]
        if dated != key[0]:
            self._fault("misdated", clock, name, key[0])
        if any(other[0] < key[0] for other in self._elsewhere(clock, name)):
            self._fault("out_of_order", clock, name, key[0])

    def _elsewhere(self, clock: Running, name: str) -> Iterator[Key]:
        """Yield the places of everything on the dossier that waits besides one rung of a clock."""
        for other in self.clocks.values():
            for waiting, key in waiting_on(other, self.calendars, self.at):
                if (other.id, waiting) != (clock.id, name):
                    yield key
        for (clock_id, _), by in self.silences.items():
            yield by, SILENCE_ORDER, clock_id

    def _move(self, event: Mapping[str, Any]) -> None:
        """A move that a clock made by running out ends the stretches at its due instant, not when it was made."""
        if event["due_at"] is not None:
            due_at = datetime.fromisoformat(event["due_at"])
            clock = self._ran_out(event["transition"], due_at)
            self.ends_fired += 1
            if clock is None:
                unknown = Running("-", 0, "", (), None, self.at, None)
                self._fault("early", unknown, f"{END}:{event['transition']}", due_at)
                return
            key = (due_at, END_ORDER, clock.id)
            self._judge(clock, END, key, due_at)
            clock.fired.add(END)
            self.limit = key

    def _fall_silent(self, event: Mapping[str, Any]) -> None:
        """A question was not answered in its term: the end of its clock, which comes once in an epoch."""
        due_at = datetime.fromisoformat(event["due_at"])
        clock = self.clocks[f"{QUESTION}{event['consultation']}/{event['question']}"]
        self.ends_fired += 1
        if END in clock.fired:
            self._fault("doubled", clock, END, due_at)
            return
        key = None if clock.due is None else (clock.due, END_ORDER, clock.id)
        self._judge(clock, END, key, due_at)
        clock.fired.add(END)
        if key is not None:
            self.limit = key

    def _ran_out(self, transition: str, due_at: datetime) -> Running | None:
        found = (c for c in self.clocks.values() if (c.on_due, c.due) == (transition, due_at))
        return next(found, None)

    # The sum

    def result(self, limit: Key, in_force: Calendars | None) -> Recount:
        """Close every clock at *limit* and give the sums."""
        self.limit = limit
        for clock in self.clocks.values():
            self._end_stretch(clock, in_force or self.calendars)
            self._close_epoch(clock)
        return Recount(self.due, self.fired, self.ends_due, self.ends_fired, tuple(self.faults))

    def _fault(self, kind: str, clock: Running, rung: str, due_at: datetime | None) -> None:
        self.faults.append(Fault(kind, self.stream, self.seq, clock.id, clock.epoch, rung, due_at))


_HEARD: Mapping[str, Callable[[_Count, Mapping[str, Any]], None]] = {
    "rung_reached": _Count._reach,
    "rung_acknowledged": lambda count, event: count._hear(event["clock"], event["rung"]),
    "transition_fired": _Count._move,
    "question_silent": _Count._fall_silent,
    "parties_rebound": _Count._rebind,
    "order_applied": _Count._order,
    "handoff_offered": lambda count, event: count.marks.offered(event, count.at),
    "handoff_delivered": lambda count, event: count.marks.arrived(event, count.at),
    "handoff_acknowledged": lambda count, event: count.marks.arrived(event, count.at),
    "handoff_accepted": _Count._accept,
}

_CHANGES = ("paused", "resumed", "restarted", "extended", "stopped", "recomputed", "credited", "withdrawn")
_CLOCK_CHANGES = frozenset(f"clock_{change}" for change in _CHANGES)
