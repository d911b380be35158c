"""Follow what happens to dossiers, in the order in which it was committed, from any place on and without a gap."""

import base64
import binascii
from dataclasses import dataclass

from motcua.services.access import may_see, narrowed
from motcua.services.clients import Caller
from motcua.services.cloud_events import Plain, cloud_event
from motcua.services.installation import Installation
from motcua.services.ports import FeedPlace
from states.errors import DomainError

AT_ONCE, MOST_READ = 500, 5000
"""Records that are read at one stroke, and for one answer: what is for others is read past, so one may be empty."""

NOW = "now"


class UnreadableCursor(DomainError):
    """The cursor cannot be read. Use the one that the last answer gave, or none to begin at the first record."""

    vi = "Không đọc được vị trí (cursor). Hãy dùng vị trí của câu trả lời trước, hoặc bỏ trống để đọc từ đầu."


@dataclass(frozen=True, slots=True)
class Followed:
    """Events in order, and the cursor to go on from; where that is the one which was asked with, nothing is new."""

    events: tuple[Plain, ...]
    cursor: str


def follow(house: Installation, caller: Caller, after: str, limit: int) -> Followed:
    """Return events of dossiers of which the caller's agencies see everything, at most *limit*.

    Args:
        house: The installation.
        caller: Who follows.
        after: A cursor; empty for the first record, `now` for what comes from here on.
        limit: At most so many.

    Raises:
        UnreadableCursor: *after* is none.
    """
    place = house.store.feed_end() if after == NOW else read_cursor(after)
    events: list[Plain] = []
    mine, read = narrowed(house, caller.visitor).store, 0
    while len(events) < limit and read < MOST_READ:
        found = house.store.feed(place, AT_ONCE)
        there = mine.load_ids(list(dict.fromkeys(row.stream[8:] for _, row in found)))
        shown = {one.id: one for one in there if may_see(house, caller.visitor, one)}
        for at, record in found:
            place, stored = at, shown.get(record.stream[8:])
            if stored is not None:
                events.append(cloud_event(house.log, stored, record))
            if len(events) == limit:
                break
        read += len(found)
        if len(found) < AT_ONCE:
            break
    return Followed(tuple(events), cursor_text(place))


def cursor_text(place: FeedPlace) -> str:
    """Write a place in the log for an address."""
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def read_cursor(text: str) -> FeedPlace:
    """Read a place in the log; it chooses where to begin, never what may be seen. Raises: UnreadableCursor."""
    if not text:
        return FeedPlace()
    try:
        return FeedPlace.read(
            base64.urlsafe_b64decode((text + "=" * (-len(text) % 4)).encode("ascii")).decode()
        )
    except (binascii.Error, ValueError) as error:
        raise UnreadableCursor from error
