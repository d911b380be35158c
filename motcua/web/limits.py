"""How often anybody may try: counted by what is tried and by whom, in this process or by all processes together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException

SIGN_IN_BY_LOGIN = RateLimitItemPerMinute(5)
SIGN_IN_BY_ADDRESS = RateLimitItemPerMinute(60)
DENIALS = RateLimitItemPerMinute(30)
_SHORT = 10
"""Seconds of the windows that all processes count by; a try counts for up to so much less than the limit says."""


@dataclass(frozen=True)
class Shared:
    """What counts for all processes: a counter of the store, by key, window, windows that count, and most; and time."""

    count: Callable[[str, int, int, int], bool]
    now: Callable[[], datetime]


@dataclass(frozen=True)
class Limits:
    """A moving window for each thing that is tried.

    Attributes:
        shared: Where what protects signing in and looking up is counted; without it, in this process.
    """

    shared: Shared | None = None
    _limiter: MovingWindowRateLimiter = field(
        default_factory=lambda: MovingWindowRateLimiter(MemoryStorage())
    )

    def hit(self, limit: RateLimitItem, *who: str) -> None:
        """Count one try in this process. Raises: HTTPException 429, when there were too many within the window."""
        if not self._limiter.hit(limit, *who):
            raise _too_many(limit)

    def hit_everywhere(self, limit: RateLimitItem, *who: str) -> None:
        """Count one try for all processes. Raises: HTTPException 429, when there were too many within the window.

        The store holds a digest of who tries what, for as long as it counts.
        """
        if self.shared is None:
            self.hit(limit, *who)
            return
        key = sha256("\0".join((str(limit), *who)).encode()).hexdigest()
        window = int(self.shared.now().timestamp()) // _SHORT
        if not self.shared.count(key, window, limit.get_expiry() // _SHORT, limit.amount):
            raise _too_many(limit)


def _too_many(limit: RateLimitItem) -> HTTPException:
    return HTTPException(429, headers={"retry-after": str(limit.get_expiry())})
