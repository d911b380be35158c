"""The door at which other installations knock: signed messages only, and every "no" has a status and a code."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motcua.adapters.peer_wire import LOG_HEADER, LONGEST
from motcua.adapters.standard_webhooks import read_public, signature_headers, verify
from motcua.services.installation import Installation
from motcua.services.peer_inbox import receive
from motcua.services.ports import Busy, KeyTaken, UnknownPeer
from states.errors import DomainError, Kind

log = logging.getLogger("motcua.peers")

_STATUS = {
    Kind.INVALID: HTTPStatus.BAD_REQUEST,
    Kind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.NOT_AUTHORISED: HTTPStatus.FORBIDDEN,
    Kind.UNSOUND: HTTPStatus.INTERNAL_SERVER_ERROR,
    Kind.NOT_READY: HTTPStatus.SERVICE_UNAVAILABLE,
}
_PATIENCE = 10
"""Seconds that a slow sender has."""

Answer = tuple[HTTPStatus, dict[str, str], bytes]


@dataclass(frozen=True)
class Desk:
    """Takes messages for one installation, one after the other.

    Attributes:
        now: The real time, by which signatures are judged whatever time the database keeps.
    """

    house: Installation
    key: Ed25519PrivateKey
    now: Callable[[], datetime]
    _turn: Lock = field(default_factory=Lock)

    def answer(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Return status, headers and body for a message; nothing it says can raise."""
        try:
            peer = self.house.peers.of_log(headers.get(LOG_HEADER, ""))
            signed = verify(map(read_public, peer.keys), peer.name, headers, body, self.now())
        except DomainError as error:
            known = not isinstance(error, UnknownPeer)
            return _refusal(error, HTTPStatus.UNAUTHORIZED if known else HTTPStatus.FORBIDDEN)
        try:
            with self._turn:
                receipt = receive(self.house, peer, signed.id, body)
        except DomainError as error:
            again = isinstance(error, Busy | KeyTaken)
            return _refusal(error, HTTPStatus.SERVICE_UNAVAILABLE if again else _STATUS[error.kind])
        except Exception:  # a fault here is ours: the sender hears so, keeps its message and asks again
            log.exception("message %s of %s", signed.id, peer.name)
            return HTTPStatus.INTERNAL_SERVER_ERROR, {}, b""
        answer = json.dumps(receipt, sort_keys=True).encode()
        return HTTPStatus.OK, signature_headers(self.key, signed.id, self.now(), answer), answer


def _refusal(error: DomainError, status: HTTPStatus) -> Answer:
    said: dict[str, Any] = {"code": error.code, "vi": error.message("vi"), "en": error.message("en")}
    return status, {}, json.dumps({"error": said}, ensure_ascii=False).encode()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that went away is its own trouble: it asks again, and gets the same receipt."""
        log.debug("the connection from %s broke", client_address, exc_info=True)


def serve(desk: Desk, host: str = "127.0.0.1", port: int = 0) -> ThreadingHTTPServer:
    """Return a server that listens already; port 0 takes a free one. Whoever asked for it runs and closes it."""

    class Door(BaseHTTPRequestHandler):
        timeout = _PATIENCE

        def do_POST(self) -> None:
            given = self.headers.get("content-length", "")
            if not (given.isascii() and given.isdigit() and int(given[:9]) <= LONGEST):
                self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {}, b"")
                return
            body = self.rfile.read(int(given))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._say(*desk.answer(headers, body))

        def _say(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            log.debug(format, *args)

    return _Server((host, port), Door)
