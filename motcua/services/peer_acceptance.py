"""From when an acceptance in another installation counts, and what fired here before we heard of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.record import RecordType
from motcua.services.installation import Installation
from motcua.services.ports import Stored
from states.dossier import Passage
from states.events import HandoffAcknowledged, HandoffDelivered, RungReached
from states.peer import Receipt, within
from states.wire import instant

_PROOFS = (HandoffDelivered.kind, HandoffAcknowledged.kind)


@dataclass(frozen=True, slots=True)
class Heard:
    """What there is to say of an acceptance: the instant that counts, and the rungs that fired since."""

    since: datetime
    fired: tuple[str, ...]


def heard(house: Installation, stored: Stored, passage: Passage, receipt: Receipt, now: datetime) -> Heard:
    """Bound what the clock of the receiver says: not before the offer was there, not after now.

    The offer was there when the receiver's first record of it says so, within what our own clock allows.
    """
    rows = house.store.records(f"dossier:{stored.id}")
    events = [(row.at, event) for row in rows if row.at >= passage.offered_at for event in _events(row.raw)]
    arrived = min(_arrivals(passage, events), default=passage.offered_at)
    since = within(receipt.at, arrived, now)
    rungs = [row for row in rows if row.type == RecordType.RUNG and row.at >= since]
    return Heard(since, tuple(_place(event) for row in rungs for event in _rungs(row.raw)))


def _events(raw: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(raw)["events"]
    return found


def _arrivals(passage: Passage, events: list[tuple[datetime, dict[str, Any]]]) -> Iterator[datetime]:
    for at, event in events:
        told = event["kind"] in _PROOFS and event["receipt"] is not None
        if told and (event["state"], event["number"]) == (passage.state, passage.number):
            yield within(instant(event["receipt"]["at"]), passage.offered_at, at)


def _rungs(raw: str) -> Iterator[dict[str, Any]]:
    return (event for event in _events(raw) if event["kind"] == RungReached.kind)


def _place(event: dict[str, Any]) -> str:
    return f"{event['clock']}/{event['epoch']}/{event['rung']}"
