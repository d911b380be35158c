"""A wire that misbehaves: some messages come twice, late or out of order, and some answers are lost."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Event, Lock, Thread, Timer

SHARE = 0.25
"""So large a part of the messages is troubled until the wire heals: of all, a fifth."""
TROUBLES = ("twice", "no answer", "no message", "late", "out of order")
LATE = (0.2, 1.0)
PATIENCE = 10

Message = tuple[str, dict[str, str], bytes]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked is dead: nobody waits for the answer."""


@dataclass
class Wire:
    """Leads to one side of the drill.

    Attributes:
        honest: Once set, it carries everything as it should.
        troubled: How many messages were not carried as they should have been.
    """

    to: int
    random: Random
    honest: Event = field(default_factory=Event)
    carried: int = 0
    troubled: int = 0
    _turn: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        wire = self

        class Line(BaseHTTPRequestHandler):
            timeout = PATIENCE

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                answer = wire.carry((self.path, headers, body))
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer[0])
                for name, value in answer[1]:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer[2])

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Line)
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever)
        self._thread.start()

    def carry(self, message: Message) -> tuple[int, list[tuple[str, str]], bytes] | None:
        """Return the answer; None where it is lost."""
        with self._turn:
            self.carried += 1
            trouble = None if self.honest.is_set() or self.random.random() >= SHARE else self._trouble()
            pause = self.random.uniform(*LATE)
        return self._carried(message, trouble, pause)

    def _trouble(self) -> str:
        self.troubled += 1
        return self.random.choice(TROUBLES)

    def _carried(
        self, message: Message, trouble: str | None, pause: float
    ) -> tuple[int, list[tuple[str, str]], bytes] | None:
        if trouble == "no message":
            return None
        if trouble == "late":
            Event().wait(pause)
        if trouble == "out of order":  # it comes once more when others have overtaken it
            self._later(3 * pause, lambda: self._forward(message))
        answer = self._forward(message)
        if trouble == "twice":
            answer = self._forward(message)
        return None if trouble == "no answer" else answer

    def _later(self, seconds: float, work: Callable[[], object]) -> None:
        timer = Timer(seconds, work)
        timer.daemon = True
        timer.start()

    def _forward(self, message: Message) -> tuple[int, list[tuple[str, str]], bytes] | None:
        path, headers, body = message
        connection = http.client.HTTPConnection("127.0.0.1", self.to, timeout=PATIENCE)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            kept = [
                (name, value) for name, value in answer.getheaders() if name.lower() not in ("server", "date")
            ]
            return HTTPStatus(answer.status), kept, answer.read()
        except (OSError, http.client.HTTPException):
            return None  # whoever it leads to is dead at the moment
        finally:
            connection.close()

    def close(self) -> None:
        """Let nothing pass any more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
