"""How often codes may be tried, whichever page takes them."""

from limits import RateLimitItemPerMinute
from starlette.requests import Request

from motcua.web.addresses import address_of
from motcua.web.site import site_of

BY_ADDRESS = RateLimitItemPerMinute(60)
BY_CODE = RateLimitItemPerMinute(20)


def counted(request: Request, code: str) -> None:
    """Count a try, by who tries and by what is tried. Raises: HTTPException 429."""
    limits = site_of(request).limits
    limits.hit_everywhere(BY_ADDRESS, "look-up", address_of(request))
    limits.hit_everywhere(BY_CODE, "look-up-of", code.upper())
