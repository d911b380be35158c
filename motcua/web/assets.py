"""Styles, scripts and fonts, all from this host, each under an address that changes with its bytes."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static"
ICON = "/favicon.ico"
"""Where browsers look by themselves, whoever is signed in."""
_YEAR = "public, max-age=31536000, immutable"


@cache
def address(name: str) -> str:
    """Return the address of a file of the folder. Raises: FileNotFoundError."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"{PREFIX}/{name}?v={digest}"


async def icon(request: Request) -> Response:
    """Answer browsers that look for an icon beside what cannot name one: a paper as PDF."""
    return FileResponse(FOLDER / "icon.svg", headers={"cache-control": "public, max-age=86400"})


class Assets(StaticFiles):
    """The folder over HTTP; what is asked for with its digest is kept by browsers for a year."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file, and how long it may be kept."""
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            fresh = f"{PREFIX}/{path}?{scope['query_string'].decode('latin-1')}" == address(path)
            response.headers["cache-control"] = _YEAR if fresh else "public, max-age=300"
        return response
