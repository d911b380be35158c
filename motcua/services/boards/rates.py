"""On-time rates: how many, out of how many, and a word that colour alone must not carry."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from motcua.services.ports import KeptSum

_Key = TypeVar("_Key", bound=Hashable)

FEWEST = 10
"""A rate over fewer dossiers is not judged: two late ones of three say little of an agency."""

GOOD, FAIR = 0.95, 0.80
"""From these shares on a rate is good, or fair; the same steps as of the boxes of a process map."""


@dataclass(slots=True)
class Rate:
    """How appointments were kept."""

    finished: int = 0
    on_time: int = 0
    on_first: int = 0

    def add(self, one: KeptSum) -> None:
        """Count a sum in."""
        self.finished += one.finished
        self.on_time += one.on_time
        self.on_first += one.on_first

    def plain(self) -> dict[str, Any]:
        """Return it with `percent`, `first_percent` and `word`: none, few, good, fair or poor."""
        return {
            "finished": self.finished,
            "on_time": self.on_time,
            "late": self.finished - self.on_time,
            "percent": _percent(self.on_time, self.finished),
            "first_percent": _percent(self.on_first, self.finished),
            "word": self._word(),
        }

    def _word(self) -> str:
        if not self.finished:
            return "none"
        if self.finished < FEWEST:
            return "few"
        share = self.on_time / self.finished
        return "good" if share >= GOOD else "fair" if share >= FAIR else "poor"


def rate_of(sums: Iterable[KeptSum]) -> dict[str, Any]:
    """Return the rate over some sums."""
    rate = Rate()
    for one in sums:
        rate.add(one)
    return rate.plain()


def rates_by(sums: Iterable[KeptSum], key: Callable[[KeptSum], _Key]) -> dict[_Key, dict[str, Any]]:
    """Return the rate over the sums of each key, in one pass; what has none is not there."""
    rates: dict[_Key, Rate] = {}
    for one in sums:
        rates.setdefault(key(one), Rate()).add(one)
    return {place: rate.plain() for place, rate in rates.items()}


def _percent(part: int, whole: int) -> float | None:
    """Return a share in percent with one decimal, rounded down, so that 100 means every single one."""
    return None if not whole else part * 1000 // whole / 10
