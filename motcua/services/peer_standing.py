"""How it stands with other installations: what they still have to be told, and since when."""

from datetime import datetime
from typing import Any

from motcua.services.installation import Installation
from motcua.services.peer_sending import for_peer
from motcua.services.ports import OutboxMessage, Peer, UnknownPeer

_MANY = 1_000_000


def standing(house: Installation) -> list[dict[str, Any]]:
    """Return for each peer how many messages wait or were given up, and the seconds since the oldest was owed."""
    waiting = [m for m in house.store.waiting(_MANY) if for_peer(m.notice.template)]
    dead = [m for m in house.store.dead(_MANY) if for_peer(m.notice.template)]
    now = house.now()
    return [_line(house, peer, waiting, dead, now) for peer in house.peers.known]


def _line(
    house: Installation, peer: Peer, waiting: list[OutboxMessage], dead: list[OutboxMessage], now: datetime
) -> dict[str, Any]:
    ours = [message for message in waiting if _to(house, message) == peer.name]
    oldest = min((message.notice.created_at for message in ours), default=None)
    return {
        "peer": peer.name,
        "log": peer.log,
        "url": peer.url,
        "agencies": list(peer.agencies),
        "undelivered": len(ours),
        "dead": sum(_to(house, message) == peer.name for message in dead),
        "lag_seconds": 0 if oldest is None else int((now - oldest).total_seconds()),
        "error": next((message.error for message in ours if message.error), None),
    }


def _to(house: Installation, message: OutboxMessage) -> str | None:
    told = message.notice.payload["peer"]
    try:
        return str(told["peer"]) if "peer" in told else house.peers.serving(told["receiver"]).name
    except UnknownPeer:
        return None
