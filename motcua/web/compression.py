"""Compressed answers, except where a page of somebody else could weigh them: compression must not tell secrets."""

from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from motcua.web.assets import PREFIX
from motcua.web.faults import API
from motcua.web.sheets import XLSX

SMALL = 600
"""Bytes below which compressing saves nothing."""

_LEVEL = 5
_PACKED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/pdf", XLSX)
_OWN = frozenset({"same-origin", "none"})


@dataclass
class Compression:
    """Middleware that compresses files, answers to programs, and pages that the visitor's own acts asked for.

    A page may hold secrets beside what its address brings in. Who can make a browser ask for it with words of
    their choice, and see how long the answer is, reads the secrets out letter by letter (BREACH). Such requests come
    from pages of others, which the browser says; they, and browsers that do not say, get it as it is.
    Source: W3C Fetch Metadata.
    """

    app: ASGIApp
    _gzip: ASGIApp = field(init=False)

    def __post_init__(self) -> None:
        self._gzip = GZipMiddleware(self.app, SMALL, _LEVEL, exclude_content_types=_PACKED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, by way of the compressor or past it."""
        may = scope["type"] == "http" and compressible(scope["path"], Headers(scope=scope))
        await (self._gzip if may else self.app)(scope, receive, send)


def compressible(path: str, headers: Headers) -> bool:
    """Tell whether an answer tells nothing by its length to whoever made the browser ask."""
    if path.startswith(
        (f"{PREFIX}/", API)
    ):  # the same bytes for everybody; a token that no browser adds by itself
        return True
    return headers.get("sec-fetch-site") in _OWN
