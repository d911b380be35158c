"""Webhooks over HTTP: signed, to public addresses only, without following anybody anywhere.

Source:
    The specification of Standard Webhooks: `webhook-signature: v1,` and the HMAC-SHA256 of `id.timestamp.body`; keys
    are written `whsec_` with their base64.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

from motcua.adapters.http_gateway import Gateway, InvalidGateway, read_gateway
from motcua.services.ports import Deferred, Undeliverable, Webhook
from states.errors import DomainError

PATIENCE = timedelta(seconds=10)
_ANSWER = 65_536
_SECRET = "whsec_"
_NAME = "webhook"
Address = tuple[int, str]
"""Family and address of a host."""
LookUp = Callable[[str, int], Sequence[Address]]
"""Finds the addresses of a host, at least one. Raises: OSError."""

_WITHIN = tuple(
    ipaddress.ip_network(text)
    for text in (
        "fec0::/10", "64:ff9b:1::/48", "::ffff:0:0:0/96", "5f00::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24",
    )
)  # fmt: skip
"""What is not for everybody to reach, though the standard library of Python 3.11 says so.

Source:
    RFC 3879 (site-local), RFC 8215 (NAT64 of a network), RFC 2765 (IPv4-translated), RFC 9602 (segments of a network),
    RFC 9637 (documentation), RFC 6890 (protocol assignments), RFC 7526 (relays of 6to4).
"""


def looked_up(host: str, port: int) -> list[Address]:
    """Return the addresses that the system finds for a host. Raises: OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, str(where[0])) for family, _, _, _, where in found]


class UnfitAddress(DomainError):
    """The address {url} cannot be subscribed: {reason}. Give an https address that everybody can reach."""

    vi = "Không đăng ký được địa chỉ {url}: {reason_vi}. Hãy dùng địa chỉ https mà bên ngoài truy cập được."


class HttpHooks:
    """Posts events to the addresses of subscriptions; an answer that points elsewhere is followed nowhere.

    A host is looked up once for each message, every address found is checked, and one of those is then connected to,
    so that an answer which changes between check and connection leads nowhere.
    """

    def __init__(
        self,
        hosts: Sequence[str],
        now: Callable[[], datetime],
        *,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        patience: timedelta = PATIENCE,
        look_up: LookUp = looked_up,
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            hosts: Of our own network, which may be private addresses and may go without TLS.
            now: The real time, by which receivers judge signatures whatever time the database keeps.
            trust: Makes the rules by which certificates are judged; the system's by default.
            patience: How long one answer may take.
            look_up: Finds the addresses of a host; the system by default.
        """
        self._hosts = frozenset(host.lower() for host in hosts)
        self._now, self._trust, self._patience, self._look_up = now, trust, patience, look_up

    def check(self, url: str) -> None:
        """Check that an address may be subscribed; its host is not looked up yet. Raises: UnfitAddress."""
        gateway = self._read(url)
        if gateway.host not in self._hosts and _is_number(gateway.host) and not _public(gateway.host):
            raise _unfit(url, "it is not public", "không phải địa chỉ công khai")

    def post(self, webhook: Webhook, message: str, body: bytes) -> None:
        """Carry a signed message, as `motcua.services.ports.HookWire` says."""
        headers = {
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "Connection": "close",
            "User-Agent": "motcua",
            **signed_headers(webhook.secrets, message, self._now(), body),
        }
        try:
            gateway = self._read(webhook.url)
        except UnfitAddress as error:
            raise _undeliverable(message, error.message("en"), error.message("vi")) from None
        connection = self._connection(gateway, self._resolved(gateway, message))
        try:
            connection.request("POST", gateway.target, body, headers)
            answer = connection.getresponse()
            answer.read(_ANSWER)
        except http.client.HTTPException as error:
            raise ConnectionError(f"the receiver does not speak HTTP: {type(error).__name__}") from None
        finally:
            connection.close()
        _judge(message, answer.status)

    def _read(self, url: str) -> Gateway:
        try:
            gateway = read_gateway(url)
        except InvalidGateway:
            raise _unfit(url, "it is no address", "không phải địa chỉ") from None
        if not gateway.secure and gateway.host not in self._hosts:
            raise _unfit(url, "it is not https", "không phải https")
        return gateway

    def _resolved(self, gateway: Gateway, message: str) -> Address:
        """Return the address to connect to. Raises: OSError; Undeliverable, where one of them is not public."""
        port = gateway.port or (443 if gateway.secure else 80)
        addresses = self._look_up(gateway.host, port)
        if gateway.host not in self._hosts and not all(_public(address) for _, address in addresses):
            reason = f"{gateway.host} is not a public host", f"{gateway.host} không phải máy công khai"
            raise _undeliverable(message, *reason)
        return addresses[0]

    def _connection(self, gateway: Gateway, address: Address) -> http.client.HTTPConnection:
        seconds = self._patience.total_seconds()
        made: http.client.HTTPConnection
        if gateway.secure:
            made = http.client.HTTPSConnection(
                gateway.host, gateway.port, timeout=seconds, context=self._trust()
            )
        else:
            made = http.client.HTTPConnection(gateway.host, gateway.port, timeout=seconds)
        return _pinned(made, address)


def signed_headers(secrets: Sequence[str], message: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers by which the receiver knows who sent *body*, and when; one signature for each key."""
    second = str(int(at.timestamp()))
    said = f"{message}.{second}.".encode() + body
    keys = (base64.b64decode(secret.removeprefix(_SECRET)) for secret in secrets)
    signatures = (base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode() for key in keys)
    return {
        "webhook-id": message,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }


def _pinned(connection: http.client.HTTPConnection, address: Address) -> http.client.HTTPConnection:
    """Let a connection open to one address, whatever its host is looked up to be by then."""

    def opened(where: tuple[str, int], timeout: float | None = None, source: object = None) -> socket.socket:
        return socket.create_connection((address[1], where[1]), timeout)

    connection.__dict__["_create_connection"] = opened
    return connection


def _judge(message: str, status: int) -> None:
    """Source: Standard Webhooks: any 2xx is taken, 410 means that nobody wants more, all else is tried again."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    told = f"the receiver answers {status}", f"bên nhận trả lời {status}"
    if status == HTTPStatus.GONE:
        raise _undeliverable(message, *told)
    raise Deferred(channel=_NAME, message=message, reason=told[0], reason_vi=told[1])


def _public(address: str) -> bool:
    """Tell whether everybody reaches an address; one that wraps another is what it wraps."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = (
            found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1]) or _translated(found)
        )
        if inner:
            return _public(str(inner))
    within = any(found in net for net in _WITHIN if net.version == found.version)
    return found.is_global and not found.is_multicast and not within


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Source: RFC 6052, the well-known prefix of NAT64; RFC 4291, section 2.5.5.1, IPv4-compatible addresses."""
    if any(address in ipaddress.IPv6Network(wrap) for wrap in ("64:ff9b::/96", "::/96")):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _unfit(url: str, reason: str, reason_vi: str) -> UnfitAddress:
    return UnfitAddress(url=url[:200], reason=reason, reason_vi=reason_vi)


def _undeliverable(message: str, reason: str, reason_vi: str) -> Undeliverable:
    return Undeliverable(channel=_NAME, message=message, reason=reason, reason_vi=reason_vi)
