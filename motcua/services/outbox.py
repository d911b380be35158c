"""The relay: send what the outbox holds, at least once; count failures, never drop a message."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.record import Cause, RecordType
from motcua.services.installation import Installation
from motcua.services.kinship import serve, serves
from motcua.services.notices import CLOCK_BORN
from motcua.services.peer_sending import TOPIC, for_peer, tell_peer
from motcua.services.portal_facts import PORTAL
from motcua.services.ports import Channel, OutboxMessage, Stored, Undeliverable
from motcua.services.recording import Decided, Step, record
from motcua.services.timekeeping import look
from states.commands import SYSTEM_ACTOR, ConfirmNotice
from states.errors import DomainError, Kind
from states.machine import decide
from states.peer import Receipt
from states.wire import to_wire

BATCH = 50
SENDERS = 8
LEASE = timedelta(minutes=10)
"""How long a message is ours: longer than sending a claimed batch takes, if every answer is a slow one."""

CONFIRMATIONS = 5
TRIES = 8
FIRST_RETRY = timedelta(minutes=1)

Way = str | Receipt
"""The name of the way that a message took, or the record that another installation made of it."""

Sent = tuple[OutboxMessage, Way]
"""A message that left, and its way."""


class NoDeadLetter(DomainError):
    """There is no dead letter {message}. Look at the list of dead letters."""

    kind = Kind.NOT_FOUND
    vi = "Không có thông báo bị bỏ lại {message}. Hãy xem danh sách thông báo bị bỏ lại."


@dataclass(slots=True)
class Relayed:
    """What the relay did.

    Attributes:
        sent: Messages that left, with a record of it; those between dossiers never leave.
        retried: Failures that are tried again.
        dead: Messages given up, for a person to look at.
        outrun: Messages that left and could not be confirmed, because others recorded it or kept changing the
            dossier; in the latter case they leave again when their lease has run out.
    """

    sent: int = 0
    retried: int = 0
    dead: int = 0
    outrun: int = 0


def deliver_pending(
    house: Installation, channel: Channel, limit: int = BATCH, go_on: Callable[[], bool] = lambda: True
) -> Relayed:
    """Send until nothing more can be sent now.

    A message is claimed, leaves, and then its delivery is recorded: after a crash between the two it leaves again
    with the same id, by which the receiver recognises it. Messages of one dossier leave in their order; several
    dossiers are served side by side, so that a slow recipient holds up no other dossier. While a step of the clock is
    in doubt, what the clock brought about stays. What the national portal is told goes another way.

    Args:
        house: The installation.
        channel: The way out; several threads use it at once.
        limit: At most so many messages are under way.
        go_on: Asked before more is claimed; what is under way is finished in any case.
    """
    relayed, under_way = Relayed(), dict[Future[Way], OutboxMessage]()
    without = PORTAL if look(house) is None else (*PORTAL, *CLOCK_BORN)
    pool = ThreadPoolExecutor(SENDERS, "relay")
    try:
        while True:
            for message in _claimed(house, limit - len(under_way), without) if go_on() else ():
                under_way[pool.submit(_send, house, channel, message)] = message
            if not under_way:
                return relayed
            done = wait(under_way, return_when=FIRST_COMPLETED).done
            _settle(house, [(under_way.pop(future), future) for future in done], relayed)
    finally:
        pool.shutdown(cancel_futures=True)


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


def _claimed(house: Installation, room: int, without: tuple[str, ...]) -> list[OutboxMessage]:
    if room <= 0:
        return []
    now = house.now()
    return house.store.claim_messages(now, room, now + LEASE, without)


def _send(house: Installation, channel: Channel, message: OutboxMessage) -> Way:
    """Return the way that was taken."""
    notice = message.notice
    context = {**notice.payload, "message_id": notice.id, "recipients": list(notice.recipients)}
    if serves(notice.template):
        return serve(house, notice)
    if for_peer(notice.template):
        return tell_peer(house, notice)
    text = house.renderer.render(notice.template, context)
    return channel.send(notice.id, notice.recipients, text) or channel.name


def _settle(
    house: Installation, ended: Iterable[tuple[OutboxMessage, Future[Way]]], relayed: Relayed
) -> None:
    """Record what left and count what failed; any other trouble than that of a message is raised."""
    sent: list[Sent] = []
    for message, future in ended:
        try:
            sent.append((message, future.result()))
        except (OSError, DomainError) as error:
            _failed(house, message, error, relayed)
    confirm(house, sent, relayed)


def _failed(house: Installation, message: OutboxMessage, error: Exception, relayed: Relayed) -> None:
    hopeless = isinstance(error, Undeliverable)
    retry_at = None if hopeless else _retry_at(house.now(), message.attempts + 1)
    house.store.failed(message.notice.id, retry_at, str(error))
    relayed.retried += retry_at is not None
    relayed.dead += retry_at is None


def _retry_at(now: datetime, attempts: int) -> datetime | None:
    return None if attempts >= TRIES else now + FIRST_RETRY * 2 ** (attempts - 1)


def confirm(house: Installation, sent: Sequence[Sent], relayed: Relayed) -> None:
    """Record deliveries, again where somebody changed the dossier meanwhile: unrecorded, they would leave twice."""
    for _ in range(CONFIRMATIONS):
        if not sent:
            return
        sent, later = _one_of_each(sent)
        stored = {item.id: item for item in house.store.load_ids([m.notice.dossier_id for m, _ in sent])}
        decided = [
            _confirmed(house, stored[message.notice.dossier_id], way, message) for message, way in sent
        ]
        results = record(house, decided)
        left = [not serves(message.notice.template) for message, _ in sent]
        relayed.sent += sum(result is not None and told for result, told in zip(results, left, strict=True))
        sent = [each for each, result in zip(sent, results, strict=True) if result is None] + later
    relayed.outrun += len(sent)


def _one_of_each(sent: Sequence[Sent]) -> tuple[list[Sent], list[Sent]]:
    """Part the first of each dossier from the others: one whose lease ran out on the way has left twice."""
    first = {item.notice.dossier_id: number for number, (item, _) in reversed(list(enumerate(sent)))}
    chosen = set(first.values())
    return (
        [each for number, each in enumerate(sent) if number in chosen],
        [each for number, each in enumerate(sent) if number not in chosen],
    )


def _confirmed(house: Installation, stored: Stored, way: Way, message: OutboxMessage) -> Decided:
    notice = message.notice
    receipt = way if isinstance(way, Receipt) else None
    channel = way if isinstance(way, str) else f"{TOPIC}{way.peer}"
    command = ConfirmNotice(notice.id, notice.template, channel, notice.payload.get("about"), receipt)
    world, now = house.worlds.of(stored.dossier.cfg), house.now(stored)
    events = decide(world, stored.dossier, command, now)
    plain = {"kind": command.kind, **to_wire(command)}
    step = Step(RecordType.NOTICE, Cause.TIMER, SYSTEM_ACTOR, plain, events, now, delivered=(notice.id,))
    return Decided(world, stored, (step,))
