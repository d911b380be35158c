"""Runs the site over HTTP: one process, handlers in threads, no access log of addresses."""

from socket import socket

import uvicorn

from motcua.web.app import create_app
from motcua.web.live import Hub
from motcua.web.site import Site

_PATIENCE = 15
"""Seconds that open requests have to finish when the server is told to stop."""


class _Server(uvicorn.Server):
    """Ends the streams of open lists when it stops: they would never end by themselves."""

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Close what is open, then stop as usual."""
        self.hub.close()
        await super().shutdown(sockets)

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self.hub = hub


def server(site: Site, host: str, port: int) -> uvicorn.Server:
    """Return a server that is not running yet."""
    app = create_app(site)
    return _Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_PATIENCE,
        ),
        app.state.live,
    )


def run(site: Site, host: str, port: int) -> None:
    """Serve until a signal says stop."""
    server(site, host, port).run()
