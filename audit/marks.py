"""What mass orders do to the count of escalations: marks of what fired meanwhile, and what stays fired.

An order pauses and resumes clocks like a suspension. It marks the rungs that fired while it was in effect and not yet
applied. What it gave and another order took away again leaves the epoch, and what fired for the due instant that comes
back stays fired.
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

    def came_back(self, clock: Running, cause: str) -> set[str]:
        """What fired for a due instant that comes back stays fired, unless another epoch lies between."""
        epoch, fired = self.ended.get((clock.id, cause), (0, set()))
        return fired if epoch == clock.epoch else set()


def _covers(clocks: list[str], place: str) -> bool:
    name, _, _ = place.rsplit("/", 2)
    return (name if name in ("legal", "committed") else "steps") in clocks
