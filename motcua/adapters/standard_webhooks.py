"""Signed messages between installations: Standard Webhooks with Ed25519 (`v1a`), so that a sender cannot deny one.

Source:
    The specification of Standard Webhooks: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`; what is
    signed is `id.timestamp.body`; keys are written `whsk_` and `whpk_` with the base64 of their 32 bytes.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from states.errors import DomainError, Kind

TOLERANCE = timedelta(minutes=5)
"""How far the sender's clock may be from ours; what is older could be a replay."""
_SECRET, _PUBLIC, _SCHEME = "whsk_", "whpk_", "v1a,"
_LONGEST_ID = 200


class InvalidKey(DomainError):
    """No key: {reason}. A private key looks like whsk_..., a public one like whpk_..., both with 32 bytes in base64."""

    vi = (
        "Không phải khóa: {reason_vi}. Khóa bí mật có dạng whsk_..., khóa công khai có dạng whpk_..., "
        "đều chứa 32 byte viết theo base64."
    )


class UnsignedMessage(DomainError):
    """The message is not signed: {reason}. It needs webhook-id, webhook-timestamp and webhook-signature."""

    kind = Kind.NOT_AUTHORISED
    vi = "Thông điệp chưa được ký: {reason_vi}. Cần có webhook-id, webhook-timestamp và webhook-signature."


class BadSignature(DomainError):
    """The signature of message {message} is of none of the keys of {sender}. Compare the keys of both sides."""

    kind = Kind.NOT_AUTHORISED
    vi = "Chữ ký của thông điệp {message} không khớp khóa nào của {sender}. Hãy đối chiếu khóa của hai bên."


class OldMessage(DomainError):
    """Message {message} was signed at {signed_at}, too far from now ({now}). Send it anew, or set the clocks right."""

    kind = Kind.NOT_AUTHORISED
    vi = (
        "Thông điệp {message} được ký lúc {signed_at}, lệch quá xa giờ hiện tại ({now}). "
        "Hãy gửi lại hoặc chỉnh đồng hồ."
    )


@dataclass(frozen=True, slots=True)
class Signed:
    """A message whose signature was found right."""

    id: str
    at: datetime


def generate() -> tuple[str, str]:
    """Return a new private key and its public one, as text."""
    key = Ed25519PrivateKey.generate()
    return f"{_SECRET}{_text(key.private_bytes_raw())}", public_of(key)


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public key that belongs to a private one, as text."""
    return f"{_PUBLIC}{_text(key.public_key().public_bytes_raw())}"


def read_private(text: str) -> Ed25519PrivateKey:
    """Read a private key. Raises: InvalidKey."""
    return Ed25519PrivateKey.from_private_bytes(_bytes(text.strip(), _SECRET))


def read_public(text: str) -> Ed25519PublicKey:
    """Read a public key. Raises: InvalidKey."""
    return Ed25519PublicKey.from_public_bytes(_bytes(text.strip(), _PUBLIC))


def signature_headers(key: Ed25519PrivateKey, message: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers by which the receiver knows who sent *body*, and when; *at* is in whole seconds."""
    second = str(int(at.timestamp()))
    signed = key.sign(_signed_text(message, second, body))
    return {
        "webhook-id": message,
        "webhook-timestamp": second,
        "webhook-signature": f"{_SCHEME}{_text(signed)}",
    }


def verify(
    keys: Iterable[Ed25519PublicKey], sender: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> Signed:
    """Check that *body* was signed by one of *keys*, and lately.

    Several signatures may stand in the header, and several keys may be in use, so that keys can be changed.

    Raises:
        UnsignedMessage: A header is missing or malformed.
        BadSignature: By no key of the sender.
        OldMessage: Signed more than `TOLERANCE` before or after *now*.
    """
    message, second = _header(headers, "webhook-id"), _header(headers, "webhook-timestamp")
    if not _plausible(message) or not (
        second.isascii() and second.isdigit() and len(second) <= len("9" * 12)
    ):
        raise UnsignedMessage(reason="its headers are malformed", reason_vi="tiêu đề sai dạng")
    signatures = _signatures(_header(headers, "webhook-signature"))
    text = _signed_text(message, second, body)
    if not any(_fits(key, each, text) for key in keys for each in signatures):
        raise BadSignature(message=message, sender=sender)
    at = datetime.fromtimestamp(int(second), UTC)
    if abs(now - at) > TOLERANCE:
        raise OldMessage(message=message, signed_at=at.isoformat(), now=now.isoformat())
    return Signed(message, at)


def _header(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    if not value:
        raise UnsignedMessage(reason=f"{name} is missing", reason_vi=f"thiếu {name}")
    return value


def _plausible(message: str) -> bool:
    return len(message) <= _LONGEST_ID and message.isascii() and message.isprintable() and " " not in message


def _signatures(header: str) -> list[bytes]:
    found = []
    for part in header.split(" "):
        if part.startswith(_SCHEME):
            try:
                found.append(base64.b64decode(part.removeprefix(_SCHEME), validate=True))
            except (binascii.Error, ValueError):
                continue
    return found


def _fits(key: Ed25519PublicKey, signature: bytes, text: bytes) -> bool:
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _signed_text(message: str, second: str, body: bytes) -> bytes:
    return f"{message}.{second}.".encode() + body


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, prefix: str) -> bytes:
    if not text.startswith(prefix):
        raise InvalidKey(reason=f"it does not begin with {prefix}", reason_vi=f"không bắt đầu bằng {prefix}")
    try:
        raw = base64.b64decode(text.removeprefix(prefix), validate=True)
    except (binascii.Error, ValueError):
        raise InvalidKey(reason="it is not base64", reason_vi="không phải base64") from None
    if len(raw) != 32:
        raise InvalidKey(reason=f"it has {len(raw)} bytes", reason_vi=f"có {len(raw)} byte")
    return raw
