"""The sweep: let everything that fell due take effect, a batch in a transaction, each dossier with its own result."""

from dataclasses import dataclass, field
from datetime import datetime

from motcua.services.batches import BATCH, open_batches
from motcua.services.enacting import owed
from motcua.services.installation import Installation
from motcua.services.ports import WHOLE, Shard, Stored
from motcua.services.recording import Decided, record
from motcua.services.timekeeping import look
from states.asking import question_clock
from states.errors import DomainError
from states.escalation import next_wake
from states.events import Event, QuestionSilent, RungReached, TransitionFired

EVERYTHING = 1_000_000


@dataclass(slots=True)
class Swept:
    """What a sweep did.

    Attributes:
        rungs: Rungs fired, escalated silences included.
        lapsed: Transitions fired because a clock ran out.
        outrun: Dossiers that somebody else changed meanwhile; they are looked at again.
        failed: By dossier code, why nothing could be decided; these stay due and must be mended.
    """

    rungs: int = 0
    lapsed: int = 0
    outrun: int = 0
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Something that the next sweep would do: reach a rung, note a silence, or fire a transition."""

    code: str
    kind: str
    clock: str
    name: str
    due_at: datetime | None


def foresee(house: Installation) -> tuple[list[Foreseen], dict[str, str]]:
    """Return what a sweep would do now without doing it, and by dossier code why nothing could be decided."""
    house.worlds.refresh()
    now, swept, found = house.now(), Swept(), list[Foreseen]()
    ids = house.store.due_ids(now, EVERYTHING)
    for start in range(0, len(ids), BATCH):
        for stored in house.store.load_ids(ids[start : start + BATCH]):
            decided = _decided(house, stored, now, swept)
            events = [event for step in decided.steps for event in step.events] if decided else []
            found += [told for event in events if (told := _told(stored.dossier.code, event)) is not None]
    return found, swept.failed


def _told(code: str, event: Event) -> Foreseen | None:
    if isinstance(event, RungReached):
        return Foreseen(code, "rung", event.clock, event.rung, event.due_at)
    if isinstance(event, QuestionSilent):
        clock = question_clock(event.consultation, event.question)
        return Foreseen(code, "silence", clock, event.meaning, event.due_at)
    if isinstance(event, TransitionFired):
        return Foreseen(code, "transition", "", event.transition, event.due_at)
    return None


def pass_deadlines(house: Installation, limit: int = BATCH, shard: Shard = WHOLE) -> Swept:
    """Sweep until nothing in *shard* is due at the instant the sweep began.

    Late is allowed, twice is not: the compare-and-set on each dossier and the unique key of each rung make a
    second worker's sweep harmless. A dossier that cannot be decided is reported and holds up nobody else.
    After a step of the clock in doubt the sweep goes no further than the time that can be vouched for.
    """
    house.worlds.refresh()
    look(house)
    swept, now, stuck = Swept(), house.now(), set[str]()
    while ids := [i for i in house.store.due_ids(now, limit + len(stuck), shard) if i not in stuck][:limit]:
        batch = house.store.load_ids(ids)
        decided = [item for stored in batch if (item := _decided(house, stored, now, swept)) is not None]
        stuck |= set(ids) - {item.before.id for item in decided if item.before is not None}
        results = record(house, decided)
        for item, result in zip(decided, results, strict=True):
            _count(swept, item, result)
    return swept


def _decided(house: Installation, stored: Stored, now: datetime, swept: Swept) -> Decided | None:
    """Decide what one dossier is owed; where that is nothing, its wake-up is set anew."""
    try:
        world = house.worlds.of(stored.dossier.cfg)
        return Decided(world, stored, owed(world, stored.dossier, max(now, stored.at)))
    except DomainError as error:
        swept.failed[stored.dossier.code] = error.message("en")
        return None


def mend_timers(house: Installation) -> int:
    """Set anew the wake-ups of open dossiers that are missing or wrong, and return how many there were.

    A lost timer would silence the sweep; a worker looks at all of them when it starts.
    """
    house.worlds.refresh()
    return sum(_mend(house, batch) for batch in open_batches(house))


def _mend(house: Installation, batch: list[Stored]) -> int:
    wakes = house.store.wakes([stored.id for stored in batch])
    wrong = [
        Decided(world, stored, ())
        for stored in batch
        if next_wake(world := house.worlds.of(stored.dossier.cfg), stored.dossier) != wakes.get(stored.id)
    ]
    return sum(result is not None for result in record(house, wrong))


def _count(swept: Swept, item: Decided, result: Stored | None) -> None:
    if result is None:
        swept.outrun += 1
        return
    for step in item.steps:
        swept.rungs += any(isinstance(event, RungReached) for event in step.events)
        swept.lapsed += any(isinstance(event, TransitionFired) for event in step.events)
