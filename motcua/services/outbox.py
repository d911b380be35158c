"""The relay: send what the outbox holds, at least once; count failures, never drop a message."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.record import Cause, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import Channel, OutboxMessage, Stored
from motcua.services.recording import Decided, Step, record
from states.commands import SYSTEM_ACTOR, ConfirmNotice
from states.errors import DomainError
from states.machine import decide
from states.wire import to_wire

BATCH = 200
TRIES = 8
FIRST_RETRY = timedelta(minutes=1)


@dataclass(slots=True)
class Relayed:
    """What the relay did: messages sent, failures to be tried again, messages given up for a person to look at."""

    sent: int = 0
    retried: int = 0
    dead: int = 0
    outrun: int = 0


def deliver_pending(house: Installation, channel: Channel, limit: int = BATCH) -> Relayed:
    """Send until nothing more can be sent now.

    A message leaves before its delivery is recorded: after a crash between the two it leaves again with the
    same id, by which the receiver recognises it. Messages of one dossier leave in their order.
    """
    relayed = Relayed()
    while messages := house.store.pending(house.now(), limit):
        sent = [message for message in messages if _sent(house, channel, message, relayed)]
        done = relayed.sent
        _confirm(house, channel, sent, relayed)
        if relayed.sent == done and sent:
            break
    return relayed


def _sent(house: Installation, channel: Channel, message: OutboxMessage, relayed: Relayed) -> bool:
    notice = message.notice
    context = {**notice.payload, "message_id": notice.id, "recipients": list(notice.recipients)}
    try:
        channel.send(notice.id, notice.recipients, house.renderer.render(notice.template, context))
    except (OSError, DomainError) as error:
        retry_at = _retry_at(house.now(), message.attempts + 1)
        house.store.failed(notice.id, retry_at, str(error))
        relayed.retried += retry_at is not None
        relayed.dead += retry_at is None
        return False
    return True


def _retry_at(now: datetime, attempts: int) -> datetime | None:
    return None if attempts >= TRIES else now + FIRST_RETRY * 2 ** (attempts - 1)


def _confirm(house: Installation, channel: Channel, sent: list[OutboxMessage], relayed: Relayed) -> None:
    stored = {item.id: item for item in house.store.load_ids([m.notice.dossier_id for m in sent])}
    decided = [_confirmed(house, stored[message.notice.dossier_id], channel, message) for message in sent]
    for result in record(house.store, house.log, decided):
        relayed.sent += result is not None
        relayed.outrun += result is None


def _confirmed(house: Installation, stored: Stored, channel: Channel, message: OutboxMessage) -> Decided:
    command = ConfirmNotice(message.notice.id, message.notice.template, channel.name)
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    events = decide(world, stored.dossier, command, now)
    plain = {"kind": command.kind, **to_wire(command)}
    step = Step(
        RecordType.NOTICE, Cause.TIMER, SYSTEM_ACTOR, plain, events, now, delivered=(message.notice.id,)
    )
    return Decided(world, stored, (step,))
