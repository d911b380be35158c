"""A server that stands in for the national portal, on this machine only, and misbehaves on request."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from motcua.adapters.stand_in.ledger import DONE, MISSING, Ledger, answer
from states.errors import DomainError

HOME = "127.0.0.1"
MISCHIEF = ("slow", "500", "duplicate", "lost", "reorder")
CHANCE = 0.4
PAUSE = timedelta(seconds=12)
MOST_BODY = 512 * 2**20


class UnknownMischief(DomainError):
    """The stand-in cannot misbehave by "{given}". Choose from: {known}."""

    vi = "Máy giả lập không biết kiểu lỗi «{given}». Hãy chọn trong: {known}."


def known_mischief(given: str) -> tuple[str, ...]:
    """Read kinds divided by commas. Raises: UnknownMischief."""
    kinds = tuple(dict.fromkeys(kind for kind in given.split(",") if kind))
    for kind in kinds:
        if kind not in MISCHIEF:
            raise UnknownMischief(given=kind, known=", ".join(MISCHIEF))
    return kinds


class StandInPortal:
    """Serves a ledger until it is closed.

    Mischief, by the dice of a seed: `slow` does what is asked and answers later than anybody waits; `500` does
    nothing; `duplicate` takes the request twice and gives the second answer; `lost` does it and breaks off; `reorder`
    breaks off and does it after later ones. Who suffers follows from what is asked and how often it was asked before,
    so that the order in which threads come changes nothing.

    Attributes:
        chance: The share of requests that suffer while there is mischief.
        asked: Requests so far, and of them those that suffered.
    """

    def __init__(
        self,
        port: int = 0,
        mischief: Sequence[str] = (),
        seed: int = 0,
        pause: timedelta = PAUSE,
        chance: float = CHANCE,
    ) -> None:
        """Bind to the port, 0 for a free one; it is served from `start` on."""
        self._ledger = Ledger()
        self.mischief = tuple(mischief)
        self.chance, self.asked, self.troubled = chance, 0, 0
        self._seed, self._lock, self._closed = seed, Lock(), Event()
        self._times: Counter[str] = Counter()
        self._held: list[tuple[str, Any]] = []
        self._pause = pause
        self._server = _Server((HOME, port), self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def ledger(self) -> Ledger:
        """What it was told, and what citizens submitted."""
        return self._ledger

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOME}:{self._server.server_port}"

    def start(self) -> "StandInPortal":
        """Serve in a thread."""
        self._thread.start()
        return self

    def heal(self) -> None:
        """Misbehave no more; what was held back arrives now, late as it is."""
        self.mischief = ()
        self._release()

    def wait(self) -> None:
        """Return when somebody said `leave`."""
        self._closed.wait()

    def leave(self) -> None:
        """Let `wait` return; safe in a signal handler."""
        Thread(target=self._closed.set).start()

    def close(self) -> None:
        """Stop serving and give the port back."""
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def mood(self, what: str) -> str | None:
        """Throw the dice for one request; those of *what* is asked are its own."""
        with self._lock:
            self.asked += 1
            self._times[what] += 1
            dice = Random(f"{self._seed}:{what}:{self._times[what]}")
            if not self.mischief or dice.random() >= self.chance:
                return None
            self.troubled += 1
            return dice.choice(self.mischief)

    def post(self, path: str, said: Any, mood: str | None) -> dict[str, Any] | None:
        """Return the answer; None where there will be none."""
        if mood == "500":
            return None
        if mood == "reorder":
            with self._lock:
                self._held.append((path, said))
            return None
        told = self.ledger.take(path, said)
        if mood == "duplicate":
            told = self._twice(path, said)
        self._release()
        if mood == "slow":
            self._closed.wait(self._pause.total_seconds())
        return None if mood == "lost" else told

    def _twice(self, path: str, said: Any) -> dict[str, Any]:
        """A request that arrives twice meets a portal that has the dossier already, and knows no ids."""
        if path != "/dossiers/add":
            return self.ledger.take(path, said)
        return self.ledger.take(path, {**said, "ids": [f"{id}#" for id in said.get("ids", [])]})

    def _release(self) -> None:
        with self._lock:
            held, self._held = self._held, []
        for path, said in held:
            self.ledger.take(path, said)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], portal: StandInPortal) -> None:
        super().__init__(address, _Desk)
        self.portal = portal

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who went away is no news."""


class _Desk(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        parts, portal = urlsplit(self.path), self.server.portal
        path = unquote(parts.path)
        if path.startswith("/files/"):
            self._file(portal.ledger.files.get(path.split("/")[2]))
            return
        query = parse_qs(parts.query)
        after, unit = (query.get(name, [""])[0] for name in ("after", "madonvi"))
        status = 500 if portal.mood(self.path) == "500" else 200
        self._answer(status, portal.ledger.look(path, after, unit))

    def do_POST(self) -> None:
        portal, path = self.server.portal, unquote(urlsplit(self.path).path)
        length = int(self.headers.get("Content-Length", "0"))
        try:
            said = json.loads(self.rfile.read(min(length, MOST_BODY)))
        except ValueError:
            self._answer(400, answer("1", "Không phải JSON"))
            return
        mood = None if path == "/submissions" else portal.mood(f"{path}:{said.get('ids')}")
        told = portal.post(path, said, mood)
        if told is not None:
            self._answer(200, told)
        elif mood == "500":
            self._answer(500, answer("500", "Lỗi hệ thống"))
        else:
            self.close_connection = True

    def _file(self, held: bytes | None) -> None:
        if held is None:
            self._answer(400, answer(MISSING, "Không có tệp"))
            return
        self._send(200, "application/octet-stream", held)

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        self._send(status, "application/json; charset=utf-8", json.dumps(told, ensure_ascii=False).encode())

    def _send(self, status: int, kind: str, held: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(held)))
        self.end_headers()
        self.wfile.write(held)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are in the ledger."""


__all__ = ["DONE", "MISCHIEF", "StandInPortal", "known_mischief"]
