"""A record of another installation as it is named to us: every field as a trail has it, or it is none."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.services.ports import Peer
from states.peer import Receipt
from states.wire import instant, instant_text

_DIGEST = re.compile(r"[0-9a-f]{64}")


def receipt_of(peer: Peer, given: Mapping[str, Any]) -> Receipt:
    """Return the record that *peer* names; what stands in our trail for good is understood by whoever reads it.

    Raises:
        KeyError, TypeError, ValueError: A field is missing, or is not what a record has there.
    """
    stream, seq, digest = given["stream"], given["seq"], given["hash"]
    fits = {"stream": is_text(stream), "seq": is_number(seq), "hash": is_digest(digest)}
    if wrong := [name for name, right in fits.items() if not right]:
        raise ValueError(", ".join(wrong))
    return Receipt(peer.name, peer.log, stream, seq, digest, _instant(given["at"]))


def is_text(value: object) -> bool:
    """Tell whether a value is a name or a code: 1 to 200 characters."""
    return isinstance(value, str) and 0 < len(value) <= 200


def is_number(value: object) -> bool:
    """Tell whether a value counts something, from one."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53


def is_digest(value: object) -> bool:
    """Tell whether a value is a SHA-256 as records write it."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _instant(value: object) -> datetime:
    """An instant without an offset is nobody's; one that UTC cannot tell is none."""
    at = instant(value) if isinstance(value, str) else None
    if at is None or at.utcoffset() is None:
        raise ValueError("at")
    try:
        return instant(instant_text(at))
    except OverflowError:
        raise ValueError("at") from None
