"""Runs the site over HTTP: one process, handlers in threads, no access log of addresses."""

import uvicorn

from motcua.web.app import create_app
from motcua.web.site import Site

_PATIENCE = 15
"""Seconds that open requests have to finish when the server is told to stop."""


def server(site: Site, host: str, port: int) -> uvicorn.Server:
    """Return a server that is not running yet."""
    return uvicorn.Server(
        uvicorn.Config(
            create_app(site),
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
    )


def run(site: Site, host: str, port: int) -> None:
    """Serve until a signal says stop."""
    server(site, host, port).run()
