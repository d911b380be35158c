"""A way out of the house: an HTTP gateway, which sends what it is given as SMS or over Zalo."""

import http.client
import json
import re
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from motcua.adapters.smtp import subject_of
from motcua.services.ports import Deferred, Undeliverable
from states.errors import DomainError

PATIENCE = timedelta(seconds=10)

_PLAIN = re.compile(r"[!-~]+")
_ANSWER = 65_536
_FAILED = frozenset({"error", "failed", "failure", "rejected"})


class InvalidGateway(DomainError):
    """The setting http_url is not understood: {reason}. Write it like https://gateway.example/send."""

    vi = "Không hiểu thiết lập http_url: {reason_vi}. Hãy viết như https://gateway.example/send."


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where messages are posted to; `token` empty: the gateway asks for none."""

    secure: bool
    host: str
    port: int | None
    target: str
    token: str = ""


def read_gateway(url: str, token: str = "") -> Gateway:
    """Read the address of a gateway.

    Raises:
        InvalidGateway: No http or https URL, one with a password or other signs than URLs have in it, or a token
            of more than one line.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InvalidGateway(reason="the port is no number", reason_vi="cổng không phải là số") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidGateway(
            reason="http or https and a host", reason_vi="cần http hoặc https và tên máy chủ"
        )
    if parts.username or not (token.isascii() and token.isprintable()):
        raise InvalidGateway(
            reason="the token belongs in http_token_file, on one line",
            reason_vi="mã truy cập phải nằm trong http_token_file, trên một dòng",
        )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _PLAIN.fullmatch(parts.hostname + target):
        raise InvalidGateway(
            reason="no spaces, and letters of ASCII only", reason_vi="không có dấu cách, chỉ dùng ký tự ASCII"
        )
    return Gateway(parts.scheme == "https", parts.hostname, port, target, token)


def opened(
    gateway: Gateway, patience: timedelta, trust: Callable[[], ssl.SSLContext]
) -> http.client.HTTPConnection:
    """Return a connection to a gateway, on which nothing was asked yet; *trust* is asked where it is secure."""
    seconds = patience.total_seconds()
    if gateway.secure:
        return http.client.HTTPSConnection(gateway.host, gateway.port, timeout=seconds, context=trust())
    return http.client.HTTPConnection(gateway.host, gateway.port, timeout=seconds)


class HttpChannel:
    """Posts each message once; the same message twice has the same Idempotency-Key.

    The header is that of draft-ietf-httpapi-idempotency-key-header, without its quotation marks.
    """

    name = "http"

    def __init__(
        self,
        gateway: Gateway,
        via: Sequence[str] = ("sms",),
        *,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Prepare the way; nothing is opened yet.

        Args:
            gateway: Where to.
            via: What the gateway is asked to send by, the preferred one first.
            trust: Makes the rules by which the gateway's certificate is judged; the system's by default.
            patience: How long one answer may take.
        """
        self._gateway, self._via, self._trust, self._patience = gateway, tuple(via), trust, patience

    def send(self, message: str, recipients: Sequence[str], text: str) -> None:
        """Post *text* for *recipients*, which are telephone numbers.

        A redirection is not followed: it would carry the token and the numbers somewhere else.

        Raises:
            OSError: The gateway is not to be had.
            Deferred: It answers 429 or 5xx, or 2xx and tells of a failure in JSON.
            Undeliverable: It answers anything else that is not 2xx.
        """
        body = {
            "id": message,
            "to": list(dict.fromkeys(recipients)),
            "via": list(self._via),
            "title": subject_of(text),
            "text": text,
        }
        status, answer = self._post(message, json.dumps(body, ensure_ascii=False).encode())
        said = {"reason": f"the gateway answers {status}", "reason_vi": f"cổng trả lời {status}"}
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Deferred(channel=self.name, message=message, **said)
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise Undeliverable(channel=self.name, message=message, **said)
        if _tells_of_failure(answer):
            told = {
                "reason": f"{said['reason']} and tells of a failure",
                "reason_vi": f"{said['reason_vi']} kèm báo lỗi",
            }
            raise Deferred(channel=self.name, message=message, **told)

    def _post(self, message: str, body: bytes) -> tuple[int, bytes]:
        """Return the status of the answer, and the beginning of its body."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "Idempotency-Key": message,
            "Connection": "close",
        }
        if self._gateway.token:
            headers["Authorization"] = f"Bearer {self._gateway.token}"
        connection = opened(self._gateway, self._patience, self._trust)
        try:
            connection.request("POST", self._gateway.target, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(_ANSWER)
        except http.client.HTTPException as error:
            raise ConnectionError(f"the gateway does not speak HTTP: {type(error).__name__}") from None
        finally:
            connection.close()


def _tells_of_failure(answer: bytes) -> bool:
    """Tell whether a JSON object says plainly that the message was not taken, whatever the status."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return False
    if not isinstance(said, dict):
        return False
    refused = said.get("success") is False or said.get("ok") is False
    return refused or bool(said.get("error")) or str(said.get("status")).lower() in _FAILED
