"""What a drill of sudden death looks for: what was acknowledged and is gone, what was done twice, what was not done."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from audit.record import Cause, RecordType
from audit.verify import DOSSIER, Level
from motcua.services.auditing import examine
from motcua.services.installation import Installation
from motcua.services.kinship import WAY
from motcua.services.ports import RungDoubled, Stored
from motcua.services.recording import Decided, Step, record
from states.commands import SYSTEM_ACTOR, PassDeadline
from states.events import RungReached, event_from_wire

TWINS = 20

Acknowledged = tuple[str, str, int]
"""What a client was told is done: SHA-256 of who asked and of the key, the dossier's id, the record's number."""


@dataclass(slots=True)
class Losses:
    """What went wrong, each thing once however often it is looked at.

    Attributes:
        lost: Acknowledged commands that are not in the trail, and notices that left for something that is not.
        doubled: Commands, rungs and deliveries that are in the trail twice.
        missed: What fell due and did not happen, and messages that never reached the mailbox.
        unsound: Whatever else the auditor finds.
    """

    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    unsound: set[str] = field(default_factory=set)

    @property
    def none(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.missed or self.unsound)


@dataclass(slots=True)
class _Trail:
    """What a look at the records has to know of them; a place is a dossier's id and a record's number.

    Of the messages sent, those that left the house reached the mailbox; effects between dossiers never do.
    """

    places: dict[tuple[str, int], str | None] = field(default_factory=dict)
    keys: Counter[str] = field(default_factory=Counter)
    rungs: Counter[tuple[str, str, int, str]] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    left: set[str] = field(default_factory=set)


def look(
    house: Installation, acknowledged: Sequence[Acknowledged], mailbox: Iterable[str], losses: Losses
) -> None:
    """Add to *losses* what the trail, read as text, does not bear out.

    Args:
        house: The installation; others may go on writing.
        acknowledged: What clients were told **before** this look.
        mailbox: Names of the messages that had left before this look: dossier, record and number, with dashes.
        losses: Grows.
    """
    trail = _read(house)
    for idem, dossier, seq in acknowledged:
        if trail.places.get((dossier, seq)) != idem:
            losses.lost.add(f"command {idem} of {dossier}#{seq}")
    for name in mailbox:
        dossier, number, _ = name.rsplit("-", 2)
        if (dossier, int(number)) not in trail.places:
            losses.lost.add(f"cause of notice {name}")
    counts: tuple[Counter[str] | Counter[tuple[str, str, int, str]], ...] = (
        trail.keys, trail.rungs, trail.sent,
    )  # fmt: skip
    losses.doubled |= {str(what) for counted in counts for what, times in counted.items() if times > 1}


def look_closely(house: Installation, mailbox: set[str], until: datetime, losses: Losses) -> None:
    """Add to *losses* what the auditor finds at the end, when nobody writes any more.

    Args:
        house: The installation.
        mailbox: Names of all messages that left.
        until: Up to when everything that fell due must have happened, that instant included.
        losses: Grows.
    """
    examined = examine(house, until, Level.LEGAL)
    losses.unsound |= {
        f"{finding.stream}#{finding.seq} {finding.code}" for finding in examined.report.findings
    }
    losses.unsound |= set(examined.replayed.different) | set(examined.reconciled.unreadable)
    for fault in examined.reconciled.faults:
        known = {"missed": losses.missed, "doubled": losses.doubled}
        where = (fault.stream.removeprefix(DOSSIER), fault.clock, fault.epoch, fault.rung)
        known.get(fault.kind, losses.unsound).add(str(where))
    sent = {name.replace(":", "-") for name in _read(house).left}
    losses.missed |= {f"notice {name}" for name in sent - mailbox}
    losses.unsound |= {f"notice {name} left and was not recorded" for name in mailbox - sent}
    state = house.store.outbox_state()
    losses.missed |= {f"message {n} of the outbox" for n in range(state.waiting + state.dead)}


def stale_twin(house: Installation, losses: Losses) -> int:
    """Try, like a worker that came back from the dead, to fire rungs again that have fired already.

    It goes through the one door, with the number of the last record as it is now, so that nothing but the unique
    key of fired rungs stands in its way. Where that lets it pass, the rung is doubled for good.

    Returns:
        How many rungs it was refused.
    """
    refused = 0
    for stored, event in _fired(house):
        now = house.now(stored)
        again = (replace(event, at=now),)
        step = Step(RecordType.RUNG, Cause.TIMER, SYSTEM_ACTOR, {"kind": PassDeadline.kind}, again, now)
        try:
            [passed] = record(house, [Decided(house.worlds.of(stored.dossier.cfg), stored, (step,))])
        except RungDoubled:
            refused += 1
            continue
        if passed is not None:
            losses.doubled.add(str((stored.id, event.clock, event.epoch, event.rung)))
    return refused


def _fired(house: Installation) -> Iterator[tuple[Stored, RungReached]]:
    """Yield open dossiers with a rung that a clock of theirs has fired in its present epoch."""
    found = 0
    for stored in house.store.iterate(open_only=True):
        for event in _rungs(house, stored):
            clock = stored.dossier.clocks.get(event.clock)
            if clock is not None and clock.epoch == event.epoch:
                found += 1
                yield stored, event
                break
        if found == TWINS:
            return


def _rungs(house: Installation, stored: Stored) -> Iterator[RungReached]:
    for row in house.store.records(f"{DOSSIER}{stored.id}"):
        for told in json.loads(row.raw)["events"]:
            if told["kind"] == RungReached.kind:
                event = event_from_wire(told)
                assert isinstance(event, RungReached)
                yield event


def _read(house: Installation) -> _Trail:
    trail = _Trail()
    for row in house.store.all_records():
        if not row.stream.startswith(DOSSIER):
            continue
        said, dossier = json.loads(row.raw), row.stream.removeprefix(DOSSIER)
        trail.places[dossier, row.seq] = said["idem"]
        if said["idem"] is not None:
            trail.keys[said["idem"]] += 1
        for event in said["events"]:
            if event["kind"] == RungReached.kind:
                trail.rungs[dossier, event["clock"], event["epoch"], event["rung"]] += 1
            elif row.type == RecordType.NOTICE and "message" in event:
                trail.sent[event["message"]] += 1
                trail.left |= {event["message"]} if event.get("channel") != WAY else set()
    return trail
