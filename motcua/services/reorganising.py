"""A reviewed change of the registry takes effect: the directory, mandates, every open dossier, notices that wait."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from motcua.services.adopting import adopt_directory
from motcua.services.batches import open_batches
from motcua.services.deadlines import pass_deadlines
from motcua.services.enacting import Request, owed, step_of
from motcua.services.installation import Installation
from motcua.services.mandates_follow import let_mandates_follow
from motcua.services.ports import OutboxMessage, Stored
from motcua.services.recording import Decided, record
from motcua.services.registry import Reviewed, note_effect, reviews, today
from states.commands import SYSTEM_ACTOR, RebindParties
from states.dossier import fold
from states.errors import DomainError
from states.machine import decide
from states.rebinding import heirs_of
from states.reorganisation import reorganised

ROUNDS = 20
EVERY_MESSAGE = 1_000_000
EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Effected:
    """What letting one change take effect did, this time.

    Attributes:
        rebound: Open dossiers that follow it now, each with a record.
        readdressed: Messages that were not sent yet and go to whoever took over.
        failed: By dossier code, or id of a mandate, why it could not be re-bound; the change stays unfinished until
            it can.
    """

    digest: str
    rebound: int = 0
    readdressed: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def take_effect(house: Installation) -> list[Effected]:
    """Let every approved change whose day has come take effect, in the order of days.

    After a crash the next call goes on where the last one was: a directory that has the change is not adopted
    again, and a dossier that names nobody who handed over is not touched.
    """
    done: list[Effected] = []
    for reviewed in reviews(house):
        if reviewed.status == "approved":
            house.worlds.refresh()
            if reviewed.change.effective <= today(house):
                done.append(_effected(house, reviewed))
    return done


def _effected(house: Installation, reviewed: Reviewed) -> Effected:
    effected = Effected(reviewed.digest)
    try:
        _adopt(house, reviewed)
    except DomainError as error:
        effected.failed[reviewed.digest] = error.message("en")
        return effected
    behind = let_mandates_follow(house, reviewed)
    for _ in range(ROUNDS):
        if not _rebind_all(house, effected):
            break
    effected.failed |= behind
    effected.readdressed = _readdress(house)
    pass_deadlines(house)  # on another calendar a rung may be due earlier than it was
    if not effected.failed:
        mandates = sum(one.change == reviewed.digest for one in house.store.delegations())
        effect = {
            "dossiers": _records_of(house, reviewed.digest),
            "mandates": mandates,
            "messages": effected.readdressed,
        }
        note_effect(house, reviewed, effect)
    return effected


def _adopt(house: Installation, reviewed: Reviewed) -> None:
    """What fell due before is done under the old directory."""
    directory = house.worlds.directory
    if reviewed.digest not in directory.changes:
        pass_deadlines(house)
        made = reorganised(house.worlds.directory, reviewed.change, reviewed.digest)
        adopt_directory(house, made, reviewed.approved_by or "")
        house.worlds.refresh()


def _rebind_all(house: Installation, effected: Effected) -> bool:
    """Go through the open dossiers once; tell whether another round is needed for some that others changed."""
    effected.failed, outrun = {}, False
    for batch in open_batches(house):
        decided = [item for stored in batch if (item := _follow(house, stored, effected)) is not None]
        for result in record(house, decided):
            effected.rebound += result is not None
            outrun = outrun or result is None
    return outrun


def _follow(house: Installation, stored: Stored, effected: Effected) -> Decided | None:
    """What fell due meanwhile takes effect first, so that due instants move from where they were."""
    try:
        world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
        if not heirs_of(world, stored.dossier, world.calendar.local_date(now)):
            return None
        steps = owed(world, stored.dossier, now)
        dossier = fold(stored.dossier, [e for step in steps for e in step.events], by_person=False)
        heirs = heirs_of(world, dossier, world.calendar.local_date(now))
        command = RebindParties(effected.digest, heirs)
        events = decide(world, dossier, command, now)
    except DomainError as error:
        effected.failed[stored.dossier.code] = error.message("en")
        return None
    if events:
        steps += (step_of(Request(command, SYSTEM_ACTOR), events, now),)
    return Decided(world, stored, steps)


def _records_of(house: Installation, change: str) -> int:
    """Count the dossiers that a change re-bound, those before a crash included."""
    since = next(one.approved_at for one in reviews(house) if one.digest == change)
    if since is None:
        return 0
    told = f'"change":"{change}"'
    rows = house.store.records_between(since, EVER)
    return sum(row.type == "migrated" and told in row.raw for row in rows)


# Notices that wait


def _readdress(house: Installation) -> int:
    """Give messages to an agency that handed over to whoever answers for it now."""
    day = today(house)
    messages = (*house.store.waiting(EVERY_MESSAGE), *house.store.dead(EVERY_MESSAGE))
    changed: dict[str, tuple[str, ...]] = {}
    for message in messages:
        moved = tuple(_moved(house, message, recipient, day) for recipient in message.notice.recipients)
        if moved != message.notice.recipients:
            changed[message.notice.id] = moved
    return house.store.readdress(changed) if changed else 0


def _moved(house: Installation, message: OutboxMessage, recipient: str, day: date) -> str:
    """A recipient is a person, an agency, or a position at an agency."""
    position, at, agency = recipient.rpartition("@")
    if agency not in house.worlds.directory.agency:
        return recipient
    seat = house.worlds.directory.seat(agency, day, message.notice.payload.get("procedure"))
    return f"{position}{at}{seat}"
