"""How often anybody may try: counted in the memory of this process, by what is tried and by whom."""

from dataclasses import dataclass, field

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import Request

SIGN_IN_BY_LOGIN = RateLimitItemPerMinute(5)
SIGN_IN_BY_ADDRESS = RateLimitItemPerMinute(60)
DENIALS = RateLimitItemPerMinute(30)


@dataclass(frozen=True)
class Limits:
    """A moving window for each thing that is tried."""

    _limiter: MovingWindowRateLimiter = field(
        default_factory=lambda: MovingWindowRateLimiter(MemoryStorage())
    )

    def hit(self, limit: RateLimitItem, *who: str) -> None:
        """Count one try. Raises: HTTPException 429, when there were too many within the window."""
        if not self._limiter.hit(limit, *who):
            raise HTTPException(429, headers={"retry-after": str(limit.get_expiry())})


def address_of(request: Request) -> str:
    """Return where a request comes from; headers that anybody may write are not believed."""
    return request.client.host if request.client is not None else "-"
