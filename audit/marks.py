"""What mass orders and acceptances elsewhere do to the count of escalations: marks of what fired meanwhile.

An order pauses and resumes clocks like a suspension. It marks the rungs that fired while it was in effect and not yet
applied. What it gave and another order took away again leaves the epoch, and what fired for the due instant that comes
back stays fired. An acceptance in another installation counts from the instant that its receipt names, bounded by when
the offer was there and when it was heard of; it marks the rungs that fired in between.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.waiting import Running


@dataclass(slots=True)
class Marks:
    """Every rung that fired on a dossier, and what had fired in the epochs that orders may have ended."""

    reached: list[tuple[datetime, str]] = field(default_factory=list)
    ended: dict[tuple[str, str], tuple[int, set[str]]] = field(default_factory=dict)
    offers: dict[str, datetime] = field(default_factory=dict)
    arrivals: dict[str, datetime] = field(default_factory=dict)

    def fired(self, at: datetime, clock: Running, rung: str) -> None:
        """Note a rung."""
        self.reached.append((at, f"{clock.id}/{clock.epoch}/{rung}"))

    def applied(self, event: Mapping[str, Any], clocks: Iterable[Running]) -> Iterator[tuple[str, int, str]]:
        """Note an order; yield clock, epoch and rung of what it marks wrongly, or fails to mark."""
        since = datetime.fromisoformat(event["since"])
        for clock in clocks:
            self.ended[clock.id, f"order:{event['order']}"] = (clock.epoch + 1, set(clock.fired))
        meant = {place for at, place in self.reached if at >= since and _covers(event["clocks"], place)}
        for place in sorted(meant ^ set(event["during_order"])):
            name, epoch, rung = place.rsplit("/", 2)
            yield name, int(epoch), rung

    def offered(self, event: Mapping[str, Any], at: datetime) -> None:
        """Note an offer: nobody can have it before."""
        self.offers[event["state"]] = at
        self.arrivals.pop(event["state"], None)

    def arrived(self, event: Mapping[str, Any], at: datetime) -> None:
        """Note what a record of the receiver says of when it had the offer."""
        state, receipt = event["state"], event.get("receipt")
        if receipt is not None:
            told = min(max(datetime.fromisoformat(receipt["at"]), self.offers[state]), at)
            self.arrivals[state] = min(told, self.arrivals.get(state, told))

    def counted_from(self, event: Mapping[str, Any], at: datetime) -> datetime | None:
        """Return from when an acceptance counts, where its record says otherwise."""
        state, since = event["state"], event.get("since")
        if since is None:
            return None
        there = datetime.fromisoformat(event["receipt"]["at"])
        meant = min(max(there, self.arrivals.get(state, self.offers[state])), at)
        return None if datetime.fromisoformat(since) == meant else meant

    def accepted(self, event: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
        """Yield clock, epoch and rung of what an acceptance marks wrongly, or fails to mark."""
        if event.get("since") is None:
            return
        since = datetime.fromisoformat(event["since"])
        meant = {place for at, place in self.reached if at >= since}
        for place in sorted(meant ^ set(event["fired"])):
            name, epoch, rung = place.rsplit("/", 2)
            yield name, int(epoch), rung

    def came_back(self, clock: Running, cause: str) -> set[str]:
        """What fired for a due instant that comes back stays fired, unless another epoch lies between."""
        epoch, fired = self.ended.get((clock.id, cause), (0, set()))
        return fired if epoch == clock.epoch else set()


def _covers(clocks: list[str], place: str) -> bool:
    name, _, _ = place.rsplit("/", 2)
    return (name if name in ("legal", "committed") else "steps") in clocks
