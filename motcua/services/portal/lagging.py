"""How soon the portal knew of what was done here, against the term that the law gives for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.record import RecordType
from motcua.services.installation import Installation
from motcua.services.portal.telling import WAY
from motcua.services.portal_facts import PORTAL_DOSSIER
from motcua.services.ports import OutboxMessage, PortalTable

MOST_LISTED = 100_000
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Behind:
    """A change of status that the portal does not know, longer than the term: since when, and why."""

    code: str
    since: datetime
    waited: timedelta
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Lag:
    """How soon the portal knew of the changes of status of a period.

    Attributes:
        within: The term, and the citation that it comes from.
        told: Changes that it knows.
        in_time: Those of them that it knew within the term, the last instant included.
        slowest: The longest that one of them took.
        outdated: Changes that it never knew, because it had been told of a later one by then.
        behind: Changes that it does not know and whose term is over, the oldest first; refused ones too.
        waiting: Changes whose term still runs.
    """

    within: timedelta
    source: str
    told: int
    in_time: int
    slowest: timedelta
    outdated: int
    behind: tuple[Behind, ...]
    waiting: int

    @property
    def share(self) -> float | None:
        """The part of the changes whose term is over, or that are known, that was known within it; None of none."""
        counted = self.told + self.outdated + len(self.behind)
        return None if not counted else self.in_time / counted


def lag(house: Installation, table: PortalTable, since: datetime) -> Lag:
    """Measure the changes that were recorded from *since* on, that instant included.

    The instant at which the portal knew is that of the record of its answer.
    """
    now = house.now()
    took, outdated = list[timedelta](), 0
    for way, span in _told(house, since, now):
        outdated += way != WAY
        took += [span] if way == WAY else []
    owed = [message for message in _owed(house) if message.notice.created_at >= since]
    behind = [_behind(message, now) for message in owed]
    late = tuple(item for item in behind if item.waited > table.told_within)
    in_time = sum(span <= table.told_within for span in took)
    slowest = max(took, default=timedelta())
    waiting = len(owed) - len(late)
    return Lag(table.told_within, table.told_source, len(took), in_time, slowest, outdated, late, waiting)


def _told(house: Installation, since: datetime, now: datetime) -> Iterator[tuple[str, timedelta]]:
    """Yield the way that each message took, and how long after its record that was."""
    stream, recorded = "", dict[int, datetime]()
    for row in house.store.records_between(since, now + MOMENT):
        if row.stream != stream:
            stream, recorded = row.stream, {}
        recorded[row.seq] = row.at
        if row.type != RecordType.NOTICE.value:
            continue
        for event in json.loads(row.raw)["events"]:
            if event.get("template") == PORTAL_DOSSIER:
                cause = recorded.get(int(event["message"].split(":")[1]))
                if cause is not None:
                    yield event["channel"], row.at - cause


def _owed(house: Installation) -> list[OutboxMessage]:
    found = [*house.store.waiting(MOST_LISTED), *house.store.dead(MOST_LISTED)]
    return [message for message in found if message.notice.template == PORTAL_DOSSIER]


def _behind(message: OutboxMessage, now: datetime) -> Behind:
    since = message.notice.created_at
    return Behind(message.notice.payload["code"], since, now - since, message.attempts, message.error)
