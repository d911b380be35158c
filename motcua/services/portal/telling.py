"""The relay to the portal: what it is owed leaves in the order of each dossier, as long as an outage may last."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from motcua.services.installation import Installation
from motcua.services.outbox import BATCH, FIRST_RETRY, LEASE, SENDERS, Relayed, confirm
from motcua.services.portal.elements import Element, dossier_element, progress_element
from motcua.services.portal_facts import PORTAL, PORTAL_DOSSIER
from motcua.services.ports import (
    OutboxMessage,
    Portal,
    PortalAnswer,
    PortalRefused,
    UnknownPortalStatus,
)
from states.errors import DomainError

AT_ONCE = 10
"""Steps in one request; the portal takes no more."""

WAY, OUTDATED = "portal", "portal.outdated"
"""How a message was settled: told, or not told because a newer one of its dossier had been told before."""

Parcel = tuple[OutboxMessage, ...]
"""Messages that go out in one request: a dossier, or up to ten steps of different ones."""


@dataclass(slots=True)
class Told(Relayed):
    """What the relay to the portal did; `outage` says why it stopped early."""

    outage: str = ""


def tell_portal(
    house: Installation, portal: Portal, go_on: Callable[[], bool] = lambda: True, limit: int = BATCH
) -> Told:
    """Tell the portal all that it is owed now, oldest first, and record what it took.

    A message leaves at least once, always with the same id. What the portal refuses by its code is a dead letter;
    everything else that goes wrong is an outage, during which messages wait in their order. The first one goes alone,
    so that a portal that is down is asked by one message and not by all that wait.
    """
    told, room = Told(), 1
    with ThreadPoolExecutor(SENDERS, "portal") as pool:
        while go_on() and not told.outage and (claimed := _claimed(house, room)):
            parcels, room = list(_parcels(claimed)), limit
            for parcel, trouble in zip(
                parcels, pool.map(lambda p: _try(house, portal, p), parcels), strict=True
            ):
                _settle(house, portal, parcel, trouble, told)
    return told


def _claimed(house: Installation, limit: int) -> list[OutboxMessage]:
    now = house.now()
    return house.store.claim_messages(now, limit, now + LEASE, only=PORTAL)


def _parcels(messages: Sequence[OutboxMessage]) -> Iterator[Parcel]:
    steps = [message for message in messages if message.notice.template != PORTAL_DOSSIER]
    yield from ((message,) for message in messages if message.notice.template == PORTAL_DOSSIER)
    yield from (tuple(steps[start : start + AT_ONCE]) for start in range(0, len(steps), AT_ONCE))


Trouble = OSError | DomainError | None


def _try(house: Installation, portal: Portal, parcel: Parcel) -> tuple[str, Trouble]:
    """Send a parcel; return the way that it took, or why it could not be sent."""
    try:
        if parcel[0].notice.template != PORTAL_DOSSIER:
            return _steps(portal, parcel), None
        return _dossier(house, portal, parcel[0]), None
    except (OSError, DomainError) as trouble:
        return WAY, trouble


def _steps(portal: Portal, parcel: Parcel) -> str:
    elements = [progress_element(portal.table, message.notice.payload) for message in parcel]
    _accept(portal, portal.gateway.progress(elements, [message.notice.id for message in parcel]), parcel)
    return WAY


def _dossier(house: Installation, portal: Portal, message: OutboxMessage) -> str:
    if _newer_told(house, message):
        return OUTDATED
    personal = {
        value.field: json.loads(value.value) for value in house.store.personal(message.notice.dossier_id)
    }
    element = dossier_element(portal.table, message.notice.payload, personal)
    _accept(portal, _add_or_update(portal, element, message), (message,))
    return WAY


def _add_or_update(portal: Portal, element: Element, message: OutboxMessage) -> PortalAnswer:
    """The first message of a dossier adds it; whether it is there already, or is not, the portal says by a code."""
    table, update = portal.table, _seq(message.notice.id) > 1
    said = portal.gateway.tell([element], [message.notice.id], update=update)
    if said.code in (table.missing if update else table.exists):
        said = portal.gateway.tell([element], [message.notice.id], update=not update)
    return said


def _accept(portal: Portal, said: PortalAnswer, parcel: Parcel) -> None:
    if said.code not in portal.table.done:
        what = ", ".join(message.notice.payload["code"] for message in parcel)
        raise PortalRefused(what=what, code=said.code, said=said.message[:200])


def _seq(message: str) -> int:
    return int(message.split(":")[1])


def _newer_told(house: Installation, message: OutboxMessage) -> bool:
    """A dead letter that is tried again must not take the portal back to what was true before."""
    for row in reversed(house.store.records(f"dossier:{message.notice.dossier_id}")):
        if row.seq <= _seq(message.notice.id):
            return False
        for event in json.loads(row.raw)["events"]:
            told = event.get("template") == PORTAL_DOSSIER and event.get("channel") == WAY
            if told and _seq(event["message"]) > _seq(message.notice.id):
                return True
    return False


def _settle(
    house: Installation, portal: Portal, parcel: Parcel, result: tuple[str, Trouble], told: Told
) -> None:
    way, trouble = result
    if trouble is None:
        confirm(house, [(message, way) for message in parcel], told)
    elif isinstance(trouble, PortalRefused) and len(parcel) > 1:
        for message in parcel:  # one of them is to blame, and must not stop the others
            _settle(house, portal, (message,), _try(house, portal, (message,)), told)
    else:
        _wait(house, parcel, trouble, told, portal.table.told_within / 2)


def _wait(
    house: Installation, parcel: Parcel, trouble: OSError | DomainError, told: Told, longest: timedelta
) -> None:
    hopeless = isinstance(trouble, PortalRefused | UnknownPortalStatus)
    for message in parcel:
        retry_at = None if hopeless else house.now() + pause_after(message.attempts + 1, longest)
        house.store.failed(message.notice.id, retry_at, str(trouble) or type(trouble).__name__)
        told.retried += retry_at is not None
        told.dead += retry_at is None
    if isinstance(trouble, OSError):
        told.outage = str(trouble) or type(trouble).__name__


def pause_after(attempts: int, longest: timedelta) -> timedelta:
    """Return how long a message waits after so many failures: a minute, then twice as long, to *longest*.

    An outage gives up nothing, and once it is over the term within which the portal must be told is kept again.
    """
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(FIRST_RETRY * doubled, longest)
