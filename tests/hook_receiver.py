"""A server of somebody else that webhooks are sent to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Receiver:
    """What a server of somebody else got, and what it answers next; 200 when nothing is set.

    Attributes:
        asked: The methods by which it was asked for anything, in their order.
        leads_to: Where an answer of 3xx points; None: to itself.
    """

    url: str
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    leads_to: str | None = None

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events that came."""
        return [json.loads(body) for _, body in self.got]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a server on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.asked.append(self.command)
            length = int(self.headers.get("content-length", 0))
            named = {name.lower(): value for name, value in self.headers.items()}
            found.got.append((named, self.rfile.read(length)))
            status = found.answers.pop(0) if found.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", found.leads_to or found.url)
            self.send_header("content-length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            found.asked.append(self.command)
            self.send_error(405)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Receiver(f"http://127.0.0.1:{server.server_address[1]}/in?token=a")
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield found
        server.shutdown()
        thread.join()
