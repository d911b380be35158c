"""The relay: send what the outbox holds, at least once; count failures, never drop a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.record import Cause, RecordType
from motcua.services.installation import Installation
from motcua.services.ports import Channel, OutboxMessage, Stored, Undeliverable
from motcua.services.recording import Decided, Step, record
from states.commands import SYSTEM_ACTOR, ConfirmNotice
from states.errors import DomainError, Kind
from states.machine import decide
from states.wire import to_wire

BATCH = 200
TRIES = 8
FIRST_RETRY = timedelta(minutes=1)


class NoDeadLetter(DomainError):
    """There is no dead letter {message}. "motcua outbox list --dead" lists them."""

    kind = Kind.NOT_FOUND
    vi = "Không có thông báo bị bỏ lại {message}. Xem danh sách bằng «motcua outbox list --dead»."


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
        sent = [
            (message, way)
            for message in messages
            if (way := _sent(house, channel, message, relayed)) is not None
        ]
        done = relayed.sent
        _confirm(house, sent, relayed)
        if relayed.sent == done and sent:
            break
    return relayed


def retry(house: Installation, messages: Sequence[str]) -> list[str]:
    """Let dead letters be tried anew; return their ids. A newer message of their dossier may have left before.

    Raises:
        NoDeadLetter: One of them is none; those before it are tried.
    """
    for message in messages:
        if not house.store.retry(message, house.now()):
            raise NoDeadLetter(message=message)
    return list(messages)


def retry_all(house: Installation) -> list[str]:
    """Let every dead letter be tried anew; return their ids."""
    revived: list[str] = []
    while letters := house.store.dead(BATCH):
        revived += [item.notice.id for item in letters if house.store.retry(item.notice.id, house.now())]
    return revived


def _sent(house: Installation, channel: Channel, message: OutboxMessage, relayed: Relayed) -> str | None:
    """Return the name of the way that was taken, None when the message did not leave."""
    notice = message.notice
    context = {**notice.payload, "message_id": notice.id, "recipients": list(notice.recipients)}
    try:
        text = house.renderer.render(notice.template, context)
        return channel.send(notice.id, notice.recipients, text) or channel.name
    except (OSError, DomainError) as error:
        hopeless = isinstance(error, Undeliverable)
        retry_at = None if hopeless else _retry_at(house.now(), message.attempts + 1)
        house.store.failed(notice.id, retry_at, str(error))
        relayed.retried += retry_at is not None
        relayed.dead += retry_at is None
        return None


def _retry_at(now: datetime, attempts: int) -> datetime | None:
    return None if attempts >= TRIES else now + FIRST_RETRY * 2 ** (attempts - 1)


def _confirm(house: Installation, sent: list[tuple[OutboxMessage, str]], relayed: Relayed) -> None:
    stored = {item.id: item for item in house.store.load_ids([m.notice.dossier_id for m, _ in sent])}
    decided = [_confirmed(house, stored[message.notice.dossier_id], way, message) for message, way in sent]
    for result in record(house.store, house.log, decided):
        relayed.sent += result is not None
        relayed.outrun += result is None


def _confirmed(house: Installation, stored: Stored, way: str, message: OutboxMessage) -> Decided:
    command = ConfirmNotice(message.notice.id, message.notice.template, way)
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    events = decide(world, stored.dossier, command, now)
    plain = {"kind": command.kind, **to_wire(command)}
    step = Step(
        RecordType.NOTICE, Cause.TIMER, SYSTEM_ACTOR, plain, events, now, delivered=(message.notice.id,)
    )
    return Decided(world, stored, (step,))
