"""Messages between installations over HTTP: signed requests, and answers that are signed as well."""

import http.client
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motcua.adapters.http_gateway import read_gateway
from motcua.adapters.standard_webhooks import read_public, signature_headers, verify
from motcua.services.ports import Peer, PeerSilent, Undeliverable
from states.errors import DomainError

LOG_HEADER = "motcua-log"
"""Says whose signature to look for; only that signature proves it."""
PATIENCE = timedelta(seconds=10)
LONGEST = 1_048_576

_LATER = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
"""A signature that is refused may be of a key, or by a clock, that somebody is about to set right."""


class HttpWire:
    """Posts messages of one installation to its peers."""

    def __init__(
        self,
        log: str,
        key: Ed25519PrivateKey,
        now: Callable[[], datetime],
        patience: timedelta = PATIENCE,
    ) -> None:
        """Prepare; *now* is the real time, by which signatures are judged whatever time the database keeps."""
        self._log, self._key, self._now, self._patience = log, key, now, patience

    def post(self, peer: Peer, message: str, body: bytes) -> bytes:
        """Carry a message, as `motcua.services.ports.Wire` says."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            LOG_HEADER: self._log,
            **signature_headers(self._key, message, self._now(), body),
        }
        status, given, answer = self._exchange(peer, headers, body)
        reason = f"HTTP {status} {_code(answer)}".strip()
        if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise PeerSilent(peer=peer.name, reason=reason, reason_vi=reason)
        if status != HTTPStatus.OK:
            raise Undeliverable(channel=peer.name, message=message, reason=reason, reason_vi=reason)
        try:
            signed = verify(map(read_public, peer.keys), peer.name, given, answer, self._now())
        except DomainError as error:
            raise PeerSilent(
                peer=peer.name, reason=error.message("en"), reason_vi=error.message("vi")
            ) from error
        if signed.id != message:
            raise PeerSilent(
                peer=peer.name, reason="it answers something else", reason_vi="trả lời việc khác"
            )
        return answer

    def _exchange(
        self, peer: Peer, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        if not peer.url:
            raise PeerSilent(peer=peer.name, reason="it has no url", reason_vi="chưa có url")
        gateway = read_gateway(peer.url)
        seconds = self._patience.total_seconds()
        kind = http.client.HTTPSConnection if gateway.secure else http.client.HTTPConnection
        connection = kind(gateway.host, gateway.port, timeout=seconds)
        try:
            connection.request("POST", gateway.target, body, {**headers, "Connection": "close"})
            answer = connection.getresponse()
            given = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, given, answer.read(LONGEST)
        except http.client.HTTPException as error:
            raise ConnectionError(f"{peer.name} does not speak HTTP: {type(error).__name__}") from None
        finally:
            connection.close()


def _code(answer: bytes) -> str:
    """Return the code of the error that an answer tells of."""
    try:
        said = json.loads(answer)
        return str(said["error"]["code"])[:100]
    except (LookupError, TypeError, ValueError, RecursionError):
        return ""
