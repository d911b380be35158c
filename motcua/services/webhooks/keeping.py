"""Subscriptions: added, given another key, closed; what was sent to them, and what is sent again."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from audit.record import Auth
from motcua.services.access.accounts import access_record
from motcua.services.cloud_events import TYPES
from motcua.services.identity import calendar_of_province
from motcua.services.installation import Installation
from motcua.services.ports import HookWire, NewRecord, Webhook
from states.errors import DomainError, Kind

Plain = dict[str, Any]
_SECRETS = 2
"""So many keys are in use at once while a receiver learns the new one."""


class WebhookNotFound(DomainError):
    """There is no such webhook, or delivery of one: {id}. Look at the list of webhooks."""

    kind = Kind.NOT_FOUND
    vi = "Không có webhook hoặc lần gửi nào mang mã {id}. Hãy xem lại danh sách webhook."


class UnfitWebhook(DomainError):
    """No webhook can be made: {what} is "{given}"; known are {known}. Correct it and try again."""

    vi = "Không lập được webhook: {what} là «{given}»; chỉ có {known}. Hãy sửa rồi thực hiện lại."


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a subscription is to be: dossiers of which agency, what happens to them (none: all), and where to."""

    agency: str
    url: str
    types: tuple[str, ...] = ()


def add_webhook(
    house: Installation, wire: HookWire, wanted: Subscription, by: str | None = None, auth: Auth | None = None
) -> Webhook:
    """Subscribe an address to what happens from now on; its key is shown by whoever asks for this.

    Raises:
        UnfitAddress, UnfitWebhook: The address, or a type of events, cannot be used.
        AgencyNotFound: There is no such agency.
    """
    wire.check(wanted.url)
    house.worlds.directory.get(wanted.agency)
    for type in sorted(set(wanted.types) - set(TYPES.values())):
        raise UnfitWebhook(what="type", given=type, known=", ".join(TYPES.values()))
    made = Webhook(
        id=house.new_id()[-12:],
        agency=wanted.agency,
        types=tuple(dict.fromkeys(wanted.types)),
        url=wanted.url,
        secrets=(_new_secret(house),),
        place=house.store.feed_end(),
        created_at=house.now(),
    )
    told = {"agency": made.agency, "url": made.url, "types": list(made.types)}
    house.store.add_webhook(made, _record(house, made.id, "webhook_added", by, auth, told))
    return made


def rotate(house: Installation, id: str, by: str | None = None, auth: Auth | None = None) -> Webhook:
    """Give a subscription another key; the one before signs as well until the next time. Raises: WebhookNotFound."""
    known = webhook_of(house, id)
    changed = replace(known, secrets=(_new_secret(house), *known.secrets)[:_SECRETS])
    house.store.change_webhook(changed, _record(house, id, "webhook_key_changed", by, auth))
    return changed


def disable_webhook(house: Installation, id: str, by: str | None = None, auth: Auth | None = None) -> None:
    """Close a subscription for good; what is on its way stays. Raises: WebhookNotFound."""
    known = webhook_of(house, id)
    if not known.disabled:
        record = _record(house, id, "webhook_disabled", by, auth)
        house.store.change_webhook(replace(known, disabled=True), record)


def replay(
    house: Installation, id: str, delivery: str, by: str | None = None, auth: Auth | None = None
) -> None:
    """Send a delivery again, under the same id and byte for byte the same.

    Raises:
        WebhookNotFound: The subscription has no such delivery, or it is on its way already.
    """
    webhook_of(house, id)
    record = _record(house, id, "webhook_replayed", by, auth, {"delivery": delivery})
    if not house.store.replay_delivery(delivery, house.now(), record):
        raise WebhookNotFound(id=delivery)


def webhook_of(house: Installation, id: str) -> Webhook:
    """Return a subscription. Raises: WebhookNotFound."""
    found = next((one for one in house.store.webhooks() if one.id == id), None)
    if found is None:
        raise WebhookNotFound(id=id)
    return found


def listed_webhooks(house: Installation) -> list[Plain]:
    """Return every subscription as lists show it, without its keys; instants local."""
    zone = calendar_of_province(house).zone
    return [
        {
            "id": one.id,
            "agency": one.agency,
            "url": one.url,
            "types": list(one.types),
            "created_at": one.created_at.astimezone(zone).isoformat(),
            "disabled": one.disabled,
        }
        for one in house.store.webhooks()
    ]


def listed_deliveries(house: Installation, id: str, limit: int = 100) -> list[Plain]:
    """Return what was sent to a subscription, the newest first; instants local. Raises: WebhookNotFound."""
    zone = calendar_of_province(house).zone
    webhook_of(house, id)
    return [
        {
            "id": one.id,
            "event": one.event,
            "type": one.type,
            "created_at": one.created_at.astimezone(zone).isoformat(),
            "status": one.status,
            "attempts": one.attempts,
            "error": one.error,
            "next_at": one.next_at.astimezone(zone).isoformat() if one.settled_at is None else None,
            "settled_at": None if one.settled_at is None else one.settled_at.astimezone(zone).isoformat(),
        }
        for one in house.store.deliveries(id, limit)
    ]


def _new_secret(house: Installation) -> str:
    """Write 32 random bytes as Standard Webhooks writes keys."""
    return f"whsec_{base64.b64encode(house.new_salt()).decode()}"


def _record(
    house: Installation,
    id: str,
    kind: str,
    by: str | None,
    auth: Auth | None,
    told: Mapping[str, Any] | None = None,
) -> NewRecord:
    """The URL may hold a token of its own, so that of a record is told without its query."""
    said = dict(told or {})
    if "url" in said:
        said["url"] = str(said["url"]).partition("?")[0]
    return access_record(house, f"webhook:{id}", {"kind": kind, "webhook": id, **said}, by, auth)
