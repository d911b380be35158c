"""Tell webhooks: what the log holds is put on its way once, and sent until it is taken or given up."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from motcua.services.cloud_events import cloud_event
from motcua.services.installation import Installation
from motcua.services.outbox import FIRST_RETRY, LEASE, SENDERS, TRIES
from motcua.services.ports import Delivery, HookWire, NewRecord, Stored, Undeliverable, Webhook
from states.concern import Extent, extents
from states.errors import DomainError

AT_ONCE = 500
KEPT = timedelta(days=30)
"""How long the log of deliveries shows what was taken; what was given up stays until it is sent again."""


@dataclass(slots=True)
class Hooked:
    """What was done: events put on their way, taken, to be tried again, given up."""

    queued: int = 0
    sent: int = 0
    retried: int = 0
    dead: int = 0


def tell_webhooks(house: Installation, wire: HookWire, go_on: Callable[[], bool] = lambda: True) -> Hooked:
    """Put on its way what is new for every open subscription, then send what may be sent now.

    The log itself is what is owed: an event is put on its way in the transaction that moves the place up to which the
    log was read, so that none is lost or put twice. It is sent at least once, under an id by which the receiver knows
    it again. Subscriptions are served side by side, each in the order of its events; one that cannot be reached is
    left alone until its next try.
    """
    done, now = Hooked(), house.now()
    house.store.forget_deliveries(now - KEPT)
    hooks = [one for one in house.store.webhooks() if not one.disabled]
    for hook in hooks:
        done.queued += _queue(house, hook, go_on)
    if not hooks:
        return done
    with ThreadPoolExecutor(SENDERS, "webhooks") as pool:
        for one in pool.map(lambda hook: _send_all(house, wire, hook, go_on), hooks):
            done.sent, done.retried, done.dead = (
                done.sent + one.sent,
                done.retried + one.retried,
                done.dead + one.dead,
            )
    return done


def _queue(house: Installation, hook: Webhook, go_on: Callable[[], bool]) -> int:
    """Read the log on for one subscription; stop where somebody else does."""
    place, queued = hook.place, 0
    while go_on() and (found := house.store.feed(place, AT_ONCE)):
        wanted = _wanted(house, hook, [record for _, record in found])
        if not house.store.enqueue(hook.id, place, found[-1][0], wanted):
            break
        place, queued = found[-1][0], queued + len(wanted)
    return queued


def _wanted(house: Installation, hook: Webhook, records: list[NewRecord]) -> list[Delivery]:
    """Return the events among records that a subscription is for; the database itself shows no others' dossiers."""
    ids = list(dict.fromkeys(record.stream.partition(":")[2] for record in records))
    there = house.store.narrowed((hook.agency,)).load_ids(ids)
    mine = {one.id: one for one in there if _whole(house, hook.agency, one)}
    now, found = house.now(), []
    for record in records:
        stored = mine.get(record.stream.partition(":")[2])
        event = None if stored is None else cloud_event(house.log, stored, record)
        if event is not None and (not hook.types or event["type"] in hook.types):
            body = json.dumps(event, ensure_ascii=False)
            id = sha256(f"{hook.id}:{event['id']}".encode()).hexdigest()[:32]
            found.append(Delivery(id, hook.id, event["id"], event["type"], record.seq, body, now, record.at))
    return found


def _whole(house: Installation, agency: str, stored: Stored) -> bool:
    """Tell whether an agency sees everything of a dossier; of a share of it no events are told."""
    extent = extents(house.worlds.procedure(stored.dossier.cfg), stored.dossier).get(agency)
    return extent is Extent.WHOLE


def _send_all(house: Installation, wire: HookWire, hook: Webhook, go_on: Callable[[], bool]) -> Hooked:
    done = Hooked()
    while go_on():
        now = house.now()
        one = house.store.claim_delivery(hook.id, now, now + LEASE)
        if one is None or not _send(house, wire, hook, one, done):
            break
    return done


def _send(house: Installation, wire: HookWire, hook: Webhook, one: Delivery, done: Hooked) -> bool:
    """Send one delivery and note what came of it; False where its address had better be left alone for now."""
    try:
        wire.post(hook, one.id, one.body.encode())
    except (OSError, DomainError) as error:
        now = house.now()
        hopeless = isinstance(error, Undeliverable)
        retry_at = None if hopeless else _retry_at(now, one.attempts + 1)
        house.store.settle_delivery(one.id, now, _why(error), retry_at)
        done.retried += retry_at is not None
        done.dead += retry_at is None
        return not isinstance(error, OSError)
    house.store.settle_delivery(one.id, house.now())
    done.sent += 1
    return True


def _why(error: OSError | DomainError) -> str:
    """Say in both languages why a delivery failed, as the log of deliveries keeps it."""
    if isinstance(error, DomainError) and {"reason", "reason_vi"} <= error.facts.keys():
        return f"{error.facts['reason_vi']} / {error.facts['reason']}"
    return str(error) or type(error).__name__


def _retry_at(now: datetime, attempts: int) -> datetime | None:
    """A minute, then twice as long each time, as all that leaves the house."""
    return None if attempts >= TRIES else now + FIRST_RETRY * 2 ** (attempts - 1)
